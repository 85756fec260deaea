import { z } from 'zod';
import type { AnrokAddress } from './address.js';
import { textOrNull } from './scalars.js';

export interface AnrokTaxIdQuestion {
  readonly customerAddress: AnrokAddress;
  /** Empty: which tax ids are there to collect? */
  readonly customerTaxIds: readonly { readonly value: string }[];
}

export interface AnrokTaxIdJuris {
  readonly name: string;
  readonly taxIdNames: { readonly name: string; readonly abbreviation: string | null };
  /** Those of the question that are valid here. */
  readonly validTaxIds: readonly { readonly value: string }[];
}

export interface AnrokTaxIdAnswer {
  /** Everywhere that asks for a tax id at this address. */
  readonly jurises: readonly AnrokTaxIdJuris[];
}

export const taxIdAnswer: z.ZodType<AnrokTaxIdAnswer> = z.object({
  jurises: z.array(
    z.object({
      name: z.string(),
      taxIdNames: z.object({ name: z.string(), abbreviation: textOrNull }),
      validTaxIds: z.array(z.object({ value: z.string() })),
    }),
  ),
});
