import { ValidateIf } from 'class-validator';
import type { RetentionOptions } from './anrok-tax.options.js';
import { WholeNumber } from './whole-number.js';

const CENTURY_DAYS = 36_500;

export class ResolvedRetentionOptions implements RetentionOptions {
  @WholeNumber(1, CENTURY_DAYS)
  attemptDays = 365;
  @WholeNumber(1, CENTURY_DAYS)
  resyncRunDays = 365;
  @ValidateIf((_options, value) => value !== null)
  @WholeNumber(1, CENTURY_DAYS)
  recordDays: number | null = null;
}
