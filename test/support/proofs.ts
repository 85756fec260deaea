import { existsSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');

/** What a page of docs/ says and names as its proof: `file.spec.ts` “title”. */
export class Proofs {
  private readonly page: string;
  readonly files: readonly string[];
  /** Files and titles of tests. */
  readonly tests: readonly (readonly [file: string, title: string])[];

  constructor(file: string) {
    this.page = read(file);
    const named = [...this.page.matchAll(/`((?:apps|libs|test|docs)\/[^` ]+|LICENSE)`/g)].map(([, path]) => path!);
    this.files = [...new Set(named)];
    this.tests = [...this.page.matchAll(/`([^` ]+\.spec\.ts)` “([^”]+)”/g)].map(([, path, title]) => [path!, title!]);
  }

  /** The last cell of each row of its tables, without their heads. */
  lastCells(): string[] {
    const lines = this.page.split('\n');
    return lines
      .filter((line, index) => line.startsWith('| ') && !line.startsWith('| -') && !lines[index + 1]?.startsWith('| -'))
      .map((row) => row.split('|').at(-2)!);
  }

  missingFiles(): string[] {
    return this.files.filter((file) => !existsSync(new URL(file, ROOT)));
  }

  /** Titles are looked for as they stand in the source, between quotes of either kind. */
  missingTests(): string[] {
    return this.tests
      .filter(([file, title]) => !["'", '"'].some((quote) => read(file).includes(`${quote}${title}${quote}`)))
      .map(([file, title]) => `${file} “${title}”`);
  }
}
