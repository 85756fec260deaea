import { z } from 'zod';
import type { IsoDate } from './scalars.js';

export interface AnrokFiling {
  readonly jurisId: string;
  /** Unique within the jurisdiction: "2026-01". */
  readonly jurisFilingId: string;
  readonly name: string;
  /** Whether changed transactions still move in and out of it by themselves. */
  readonly isAutomaticallyUpdatedForTransactionChanges: boolean;
  readonly isFiled: boolean;
  readonly period: { readonly begin: IsoDate; readonly endInclusive: IsoDate };
}

export interface AnrokFilingFilter {
  /** "us-MA", "eu-oss". */
  readonly jurisId?: string;
  /** A year, month or range of months or days: "2026", "2026-01", "2026-01..2026-03". */
  readonly periodEndDateRangeInclusive?: string;
}

export const filing: z.ZodType<AnrokFiling> = z.object({
  jurisId: z.string(),
  jurisFilingId: z.string(),
  name: z.string(),
  isAutomaticallyUpdatedForTransactionChanges: z.boolean(),
  isFiled: z.boolean(),
  period: z.object({ begin: z.string(), endInclusive: z.string() }),
});
