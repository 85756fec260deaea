import { describe, expect, it } from '@jest/globals';
import { toDecimalText } from './decimal-text.js';

describe('toDecimalText', () => {
  it.each([
    ['2.50', '2.50'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [12, '12'],
    [-3.5, '-3.5'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ])('reads %j as %s', (value, text) => expect(toDecimalText(value)).toBe(text));

  it.each(['1e3', '', 'x', '1,5', 2 ** 53, 1e21, 1e-31, Number.NaN, Infinity, true, {}, null, undefined])(
    'does not read %j',
    (value) => expect(toDecimalText(value)).toBeUndefined(),
  );
});
