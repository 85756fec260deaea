import { Decimal } from '@anrok-nest/tax';
import { ValidateBy } from 'class-validator';
import { toDecimalText } from '../../billing/index.js';

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Whether a text is a day of our time: `2026-01-31`, and not the 31st of June. */
function isCalendarDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Reads an ISO 8601 day or moment; one without a zone is in UTC. Undefined when it is none. */
export function toMoment(text: unknown): Date | undefined {
  const [whole, day, zone] = (typeof text === 'string' && MOMENT.exec(text)) || [];
  if (whole === undefined || !isCalendarDate(day)) return undefined;
  const moment = new Date(zone === undefined && whole !== day ? `${whole}Z` : whole);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** Whoever gives milliseconds instead of seconds is beyond it. */
const LATEST_MS = Date.UTC(3000, 0);

/** Reads seconds since 1970, with fractions, as number or text; or what `toMoment` reads. Undefined when it is none. */
export function toTimestamp(value: unknown): Date | undefined {
  const seconds = toDecimalText(value);
  if (seconds === undefined) return toMoment(value);
  const milliseconds = new Decimal(seconds).shiftedBy(3).integerValue(Decimal.ROUND_FLOOR);
  return milliseconds.gte(0) && milliseconds.lt(LATEST_MS) ? new Date(milliseconds.toNumber()) : undefined;
}

export const IsCalendarDate = (): PropertyDecorator =>
  ValidateBy({ name: 'isCalendarDate', validator: { validate: isCalendarDate } });

export const IsMoment = (): PropertyDecorator =>
  ValidateBy({ name: 'isMoment', validator: { validate: (value) => toMoment(value) !== undefined } });

export const IsTimestamp = (): PropertyDecorator =>
  ValidateBy({ name: 'isTimestamp', validator: { validate: (value) => toTimestamp(value) !== undefined } });
