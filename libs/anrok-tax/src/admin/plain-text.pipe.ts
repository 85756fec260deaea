import type { PipeTransform } from '@nestjs/common';
import { InvalidRequestError } from './invalid-request.error.js';

/** Far deeper than anything that is asked for. Whoever checks and transforms what comes goes down to its ground. */
const DEEPEST = 32;

/**
 * Refuses what no check after it survives: characters that are in no text, and that PostgreSQL refuses with an error;
 * fields by which an object can't be turned into a text or a class any more; and what would exhaust the stack.
 */
export class PlainTextPipe implements PipeTransform {
  /** @throws InvalidRequestError */
  transform<T>(value: T): T {
    const flaw = flawOf(value);
    if (flaw !== undefined) throw new InvalidRequestError([{ property: 'request', constraints: { text: flaw } }]);
    return value;
  }
}

function flawOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string')
    return isText(value) ? undefined : 'no text may contain the character NUL or half a character';
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === DEEPEST) return `nothing may be nested more than ${DEEPEST} deep`;
  for (const [name, item] of Object.entries(value)) {
    const flaw = name in Object.prototype || !isText(name) ? NAMES : flawOf(item, depth + 1);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

const NAMES = 'no field may have a name such as constructor, that objects have anyway, or one that is no text';

function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
