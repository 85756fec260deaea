import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, isDecimalString } from './decimal.js';
import { fromDecimalString, roundToMinorUnits, sumOf, toDecimalString, toMinorUnits } from './money.js';

describe('money', () => {
  it.each([
    [1050, 'USD', '10.50'],
    [1050, 'JPY', '1050'],
    [1050, 'KWD', '1.050'],
    [-5, 'USD', '-0.05'],
    [0, 'USD', '0.00'],
    [150, 'HUF', '1.50'],
  ])('writes %i %s as %s and reads it back', (amount, currency, text) => {
    expect(toDecimalString(amount, currency)).toBe(text);
    expect(fromDecimalString(text, currency)).toBe(amount);
  });

  it('loses nothing between text and amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('USD', 'JPY', 'KWD', 'CLF'), (amount, currency) =>
        expect(fromDecimalString(toDecimalString(amount, currency), currency)).toBe(toMinorUnits(amount)),
      ),
    );
  });

  it.each(['10.505', '1e3', '', ' 1', '1,5', 'NaN', '0x10', '١'])('refuses %j as an amount of USD', (text) => {
    expect(() => fromDecimalString(text, 'USD')).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });

  it.each(['usd', 'US', 'ZZZ', '', '__proto__'])('refuses %j as a currency', (currency) => {
    expect(() => toDecimalString(1, currency)).toThrow(expect.objectContaining({ code: 'unknown_currency' }));
  });

  it.each([
    ['0.5', 1],
    ['-0.5', -1],
    ['0.4999999999', 0],
    ['2.5', 3],
    ['-2.5', -3],
    ['-0.2', 0],
  ])('rounds %s to %i, halves away from zero', (text, amount) => {
    expect(roundToMinorUnits(new Decimal(text))).toBe(amount);
  });

  it('refuses a total that would lose a cent', () => {
    expect(() => sumOf([Number.MAX_SAFE_INTEGER, 1])).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });

  it('takes only plain decimals of bounded length', () => {
    expect(['1', '-1.25', '0.0481'].every(isDecimalString)).toBe(true);
    expect(['1e9', '.5', '5.', '+1', '1'.repeat(31), 'Infinity'].some(isDecimalString)).toBe(false);
  });
});
