import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { FileNotReadableError } from './cli.error.js';
import { reasonOf } from './session.js';

/** A file's text; `-` is the standard input. @throws FileNotReadableError */
export async function readInput(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new FileNotReadableError(file, reasonOf(cause), { cause });
  }
}
