import { z } from 'zod';
import { textOrNull } from './scalars.js';

/** Leave a field out, or give null; Anrok refuses empty strings. A US address needs `region`. */
export interface AnrokAddress {
  /** Two-letter ISO code or full name. */
  readonly country?: string | null;
  readonly line1?: string | null;
  readonly city?: string | null;
  /** State, province or the like. */
  readonly region?: string | null;
  readonly postalCode?: string | null;
}

export const address: z.ZodType<AnrokAddress> = z.object({
  country: textOrNull,
  line1: textOrNull,
  city: textOrNull,
  region: textOrNull,
  postalCode: textOrNull,
});
