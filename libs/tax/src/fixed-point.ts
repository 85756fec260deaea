import { InvalidAmountError } from './tax.error.js';

/** Amounts as whole numbers of one fraction: exact, and several times as fast as decimals where many are only added. */
export interface FixedPoint {
  readonly values: readonly bigint[];
  /** What stands for 1: a power of ten. */
  readonly one: bigint;
}

const PLAIN = /^-?\d+(\.\d+)?$/;

/** @throws InvalidAmountError on anything but plain decimals, such as "-12.345" */
export function toFixedPoint(texts: readonly string[]): FixedPoint {
  let places = 0;
  for (const text of texts) places = Math.max(places, placesOf(text));
  const values = texts.map((text) => BigInt(text.replace('.', '') + '0'.repeat(places - placesOf(text))));
  return { values, one: 10n ** BigInt(places) };
}

function placesOf(text: string): number {
  if (!PLAIN.test(text)) throw new InvalidAmountError('amount', text);
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
