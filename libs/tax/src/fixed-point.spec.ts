import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from './decimal.js';
import { toFixedPoint } from './fixed-point.js';

describe('toFixedPoint', () => {
  it.each([
    [[], [], 1n],
    [['7', '-0'], [7n, 0n], 1n],
    [['721.5', '-0.25', '3'], [72_150n, -25n, 300n], 100n],
    [['0.0481', '15000'], [481n, 150_000_000n], 10_000n],
  ])('reads %j', (texts, values, one) => {
    expect(toFixedPoint(texts)).toEqual({ values, one });
  });

  it('is exact, however many digits there are', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 30 }))
      .map(([digits, places]) => new Decimal(digits.toString()).shiftedBy(-places).toFixed());
    fc.assert(
      fc.property(fc.array(decimal), (texts) => {
        const { values, one } = toFixedPoint(texts);
        const written = values.map((value) => new Decimal(`${value}e-${String(one).length - 1}`).toFixed());
        expect(written).toEqual(texts.map((text) => new Decimal(text).toFixed()));
      }),
    );
  });

  it.each(['', ' 1', '1e3', '0x10', '1.', '.5', 'NaN', '1,5'])('refuses %j', (text) => {
    expect(() => toFixedPoint([text])).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });
});
