import { currencyDigits, TaxError } from '@anrok-nest/tax';
import { applyDecorators } from '@nestjs/common';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';

/** A whole number of minor units that is held exactly. */
export function Cents(least: number): PropertyDecorator {
  return applyDecorators(IsInt(), Min(least), Max(Number.MAX_SAFE_INTEGER));
}

/** ISO 4217, capital letters. */
export const IsCurrency = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCurrency',
    validator: { validate: (value) => typeof value === 'string' && isCurrency(value) },
  });

function isCurrency(text: string): boolean {
  try {
    currencyDigits(text);
    return true;
  } catch (error) {
    if (error instanceof TaxError) return false;
    throw error;
  }
}
