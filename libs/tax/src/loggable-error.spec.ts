import { describe, expect, it } from '@jest/globals';
import { toLoggable } from './loggable-error.js';
import { InvalidAmountError } from './tax.error.js';

const HOSTILE = 'of ada@example.com, 1450 Cherokee St\n    at ada@example.com (secret.js:1:1)';

describe('what is logged of an error', () => {
  it('is its class, its code and its place, never its message', () => {
    const error = Object.assign(new TypeError(HOSTILE), { code: 'SQLITE_BUSY' });
    const loggable = toLoggable(error);
    expect(loggable).toMatchObject({ error: 'TypeError', errorCode: 'SQLITE_BUSY' });
    expect(loggable.stack).toMatch(/^TypeError\n {4}at .*loggable-error\.spec\.ts:\d+:\d+/);
    expect(JSON.stringify(loggable)).not.toMatch(/ada|Cherokee|secret/);
  });

  it('has the code of the cause where it has none itself', () => {
    const cause = Object.assign(new Error(HOSTILE), { code: 'ECONNREFUSED' });
    expect(toLoggable(new Error(HOSTILE, { cause }))).toMatchObject({ error: 'Error', errorCode: 'ECONNREFUSED' });
  });

  it('has the code of a tax problem', () => {
    expect(toLoggable(new InvalidAmountError('amount', HOSTILE))).toMatchObject({
      error: 'InvalidAmountError',
      errorCode: 'invalid_amount',
    });
  });

  it('is no more than a type for what is no error', () => {
    expect(toLoggable(HOSTILE)).toEqual({ error: 'string' });
    expect(toLoggable(undefined)).toEqual({ error: 'undefined' });
  });

  it('leaves out a code that is a text', () => {
    expect(toLoggable(Object.assign(new Error('x'), { code: HOSTILE }))).not.toHaveProperty('errorCode');
  });

  it('leaves out a message that changed after it was thrown', () => {
    const error = new Error(HOSTILE);
    error.message = 'mended';
    expect(JSON.stringify(toLoggable(error))).not.toMatch(/ada|1450/);
  });
});
