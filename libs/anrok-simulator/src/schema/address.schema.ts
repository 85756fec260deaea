import { z } from 'zod';
import type { Address } from '../tax/address.resolution.js';
import { toWords } from './body.refusal.js';

/** A part of an address is absent, null or says something. */
const part = z.string().min(1).nullish();

/** There is no second line. */
export const generalAddress = z
  .strictObject({ country: part, line1: part, city: part, region: part, postalCode: part })
  .transform(({ country, line1, city, region, postalCode }): Address => ({
    country: country ?? null,
    line1: line1 ?? null,
    city: city ?? null,
    region: region ?? null,
    postalCode: postalCode ?? null,
  }));

const legacyAddress = z
  .strictObject({ country: z.literal('us'), line1: part, city: part, state: part, zipCode: part })
  .transform(({ line1, city, state, zipCode }): Address => ({
    country: 'us',
    line1: line1 ?? null,
    city: city ?? null,
    region: state ?? null,
    postalCode: zipCode ?? null,
  }));

/**
 * Either form. Told apart beforehand, not by trying both, so that the refusal speaks of the form that was meant: the
 * legacy one is known by its literal "us" together with a field of its own.
 */
export const anyAddress = z.unknown().transform((raw, context): Address => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    context.issues.push({ code: 'custom', message: 'Invalid input.', input: raw });
    return z.NEVER;
  }
  const isLegacy = 'country' in raw && raw.country === 'us' && ('state' in raw || 'zipCode' in raw);
  const parsed = (isLegacy ? legacyAddress : generalAddress).safeParse(raw, { error: toWords });
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    context.issues.push({ code: 'custom', path, message, input: raw });
  return z.NEVER;
});
