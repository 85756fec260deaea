import { z } from 'zod';
import { JURISDICTION_IDS } from '../tax/address.resolution.js';

/** The body of a list request; a cursor remembers the filter that it was made for, so that the two exclude each other. */
export function listBody<Filter extends z.ZodType>(filter: Filter, limits: { default: number; max: number }) {
  return z
    .strictObject({
      filter: filter.optional(),
      limit: z.int().min(1).max(limits.max).default(limits.default),
      cursor: z.string().optional(),
    })
    .refine(({ filter: given, cursor }) => given === undefined || cursor === undefined, {
      message: 'cursor and filter exclude each other.',
    });
}

export const jurisId = z.string().refine((id) => JURISDICTION_IDS.has(id), {
  error: ({ input }) => `Unknown jurisdiction "${String(input)}".`,
});

export const emptyBody = z.strictObject({});
