import { ValidateBy } from 'class-validator';

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

export const IsCalendarDate = (): PropertyDecorator =>
  ValidateBy({ name: 'isCalendarDate', validator: { validate: isCalendarDate } });

export const IsMoment = (): PropertyDecorator =>
  ValidateBy({ name: 'isMoment', validator: { validate: (value) => toMoment(value) !== undefined } });
