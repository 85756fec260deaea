import { Decimal, isDecimalString } from '@anrok-nest/tax';

/**
 * A quantity as callers write it, text or number, as a plain decimal: `"2.50"`, `0.1` → `"0.1"`, `1e-7` →
 * `"0.0000001"`. A number is taken by its shortest text, which is what stood in the JSON. Undefined when it is none, or
 * when its last digits were lost on the way.
 */
export function toDecimalText(value: unknown): string | undefined {
  if (typeof value === 'string') return isDecimalString(value) ? value : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
  const text = new Decimal(String(value)).toFixed();
  return isDecimalString(text) ? text : undefined;
}
