import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

/** What one process says on its standard error, behind what others before it said in the same file. */
export class ProcessLog {
  readonly descriptor: number;
  private readonly beginning: number;

  constructor(private readonly file: string) {
    this.descriptor = openSync(file, 'a');
    this.beginning = fstatSync(this.descriptor).size;
  }

  get text(): string {
    return readFileSync(this.file).subarray(this.beginning).toString();
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
