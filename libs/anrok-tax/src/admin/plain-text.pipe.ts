import type { PipeTransform } from '@nestjs/common';
import { InvalidRequestError } from './invalid-request.error.js';

/** Far deeper than anything that is asked for. Whoever checks and transforms what comes goes down to its ground. */
const DEEPEST = 32;

/**
 * Refuses what no check after it survives: the one character that is in no text, and that PostgreSQL refuses with an
 * error, NUL; and what is nested so deeply that it would exhaust the stack.
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
  if (typeof value === 'string') return value.includes('\0') ? 'no text may contain the character NUL' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === DEEPEST) return `nothing may be nested more than ${DEEPEST} deep`;
  for (const entry of Object.entries(value))
    for (const part of entry) {
      const flaw = flawOf(part, depth + 1);
      if (flaw !== undefined) return flaw;
    }
  return undefined;
}
