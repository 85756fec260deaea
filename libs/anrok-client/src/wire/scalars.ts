import { z } from 'zod';

/**
 * A plain decimal in the currency's smallest unit (or a rate), exact: "29577.3304". At most 30 digits on either side
 * of the point and no exponent, so that a short text can't stand for a number of a million digits.
 */
export type DecimalString = string;

/** "2026-01-31". */
export type IsoDate = string;

/** One of the words that are known today, or a newer one: an answer isn't refused for a word. */
export type OpenWord<Known extends string> = Known | (string & {});

export const decimalString = z.string().regex(/^-?\d{1,30}(\.\d{1,30})?$/, 'Invalid input: expected a plain decimal');

/** A whole number that a double holds exactly. */
export const wholeNumber = z.int();

/** Anrok writes null for "there is none"; a key that is left out says the same. */
export const textOrNull = z.string().nullable().default(null);

/** For operations that answer nothing: `{}`, or no body at all. */
export const nothing: z.ZodType<void> = z
  .object({})
  .optional()
  .transform(() => undefined);
