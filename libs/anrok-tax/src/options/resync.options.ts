import { ValidateBy } from 'class-validator';
import { CronTime } from 'cron';
import type { ResyncOptions } from './anrok-tax.options.js';
import { WholeNumber } from './whole-number.js';

function Passes(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: () => message } });
}

export class ResolvedResyncOptions implements ResyncOptions {
  @Passes('cron', isCron, "$property must be a cron expression such as '0 3 * * *', or null for never, not $value.")
  cron: string | null = '0 3 * * *';
  @Passes('timeZone', isTimeZone, '$property must be the name of a time zone such as Europe/Paris, not $value.')
  timeZone = 'UTC';
  @WholeNumber(1, 1_000)
  batchSize = 50;
}

function isCron(value: unknown): boolean {
  if (value === null) return true;
  // asked for the next time too: 30 February is well written, and never comes
  return typeof value === 'string' && succeeds(() => new CronTime(value, 'UTC').sendAt());
}

function isTimeZone(value: unknown): boolean {
  return typeof value === 'string' && succeeds(() => new Intl.DateTimeFormat('en', { timeZone: value }));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
