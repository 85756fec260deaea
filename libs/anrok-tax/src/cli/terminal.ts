import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import Table from 'cli-table3';

/** Where a command's answer goes: for people as text, for machines as JSON, and whatever else is said beside it. */
export class Terminal {
  constructor(
    private readonly out: Writable & { isTTY?: boolean; columns?: number },
    private readonly err: Writable,
    readonly json: boolean,
  ) {}

  /** The answer. */
  answer<T>(value: T, toText: (value: T) => string): void {
    this.out.write(`${this.json ? JSON.stringify(value, undefined, 2) : printable(toText(value))}\n`);
  }

  /** An answer that is a file: as it is, but for whoever only looks at it. */
  file(content: string): void {
    this.out.write(this.out.isTTY === true ? printable(content.replaceAll('\r\n', '\n')) : content);
  }

  /** What is said while the answer is being found: not a part of it. */
  note(text: string): void {
    this.err.write(`${printable(text)}\n`);
  }

  /** Whether somebody watches the answer come. */
  get live(): boolean {
    return this.out.isTTY === true && !this.json;
  }

  get columns(): number {
    return this.out.columns ?? 80;
  }

  /** Writes over the line that was written here last. */
  rewrite(line: string): void {
    this.out.write(`\r\u{1b}[2K${printable(line).slice(0, this.columns - 1)}`);
  }
}

/** What terminals would obey is shown instead: names and messages come from outside. Colours are our own. */
export function printable(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex -- those are what it is about
    /(?!\n|\u{1b}\[\d{1,3}m)[\u{0}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu,
    '\u{fffd}',
  );
}

type Style = Parameters<typeof styleText>[0];

/** Coloured where somebody looks, and wants colours. */
export function styled(style: Style, text: string): string {
  return styleText(style, text);
}

export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
}

const NO_LINES = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'])
    .map((name) => [name, '']),
);

/** Aligned columns without lines. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({
    head: columns.map(({ head }) => styled('bold', head)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: { ...NO_LINES, middle: '  ' },
  });
  // a tab would be as wide as it likes
  drawn.push(...rows.map((row) => row.map((cell) => printable(cell.replaceAll('\t', ' ')))));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Names and what they are, below one another. */
export function list(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `${styled('bold', name)}${' '.repeat(width - name.length)}${value}`).join('\n');
}
