import type { PipeTransform } from '@nestjs/common';
import { InvalidRequestError } from './invalid-request.error.js';

/** Refuses the one character that is in no text, and that PostgreSQL refuses with an error: NUL. */
export class PlainTextPipe implements PipeTransform {
  transform(value: unknown): unknown {
    if (JSON.stringify(value)?.includes('\\u0000'))
      throw new InvalidRequestError([
        { property: 'request', constraints: { text: 'no text may contain the character NUL' } },
      ]);
    return value;
  }
}
