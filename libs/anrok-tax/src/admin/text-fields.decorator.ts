import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches, type ValidationOptions } from 'class-validator';

/** An id or another short text: 1 to 255 characters, none of them a control character. */
export function IsShortText(field: string, options: Pick<ValidationOptions, 'each'> = {}): PropertyDecorator {
  return Matches(/^\P{Cc}{1,255}$/u, { ...options, message: `${field} must be a text of 1 to 255 characters` });
}

/** A day of the calendar. */
export function IsDay(field: string): PropertyDecorator {
  const message = `${field} must be a date like 2026-01-31`;
  return applyDecorators(Matches(/^\d{4}-\d{2}-\d{2}$/, { message }), IsISO8601({ strict: true }, { message }));
}
