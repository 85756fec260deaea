import { z } from 'zod';
import type { OpenWord } from './scalars.js';

/** A product tax category: Anrok's own (`standard`) or one that was made on the seller account (`custom`). */
export interface AnrokProductTaxCategoryId {
  readonly type: OpenWord<'standard' | 'custom'>;
  readonly id: string;
}

export interface AnrokProductTaxCategory {
  readonly id: AnrokProductTaxCategoryId;
  /** "SaaS - General, B2B". */
  readonly name: string;
}

export interface AnrokProductDraft {
  /** Letters, digits, spaces and `.-_:`; no space at either end and no two in a row. */
  readonly externalId: string;
  readonly taxCategoryId: AnrokProductTaxCategoryId;
  readonly name: string;
  readonly description?: string | null;
}

export interface AnrokProduct {
  readonly externalId: string;
  readonly taxCategoryId: AnrokProductTaxCategoryId;
  readonly name: string;
  /** Empty when there is none. */
  readonly description: string;
}

const taxCategoryId = z.object({ type: z.string(), id: z.string() });

export const product: z.ZodType<AnrokProduct> = z.object({
  externalId: z.string(),
  taxCategoryId,
  name: z.string(),
  description: z.string(),
});

export const productTaxCategories: z.ZodType<readonly AnrokProductTaxCategory[]> = z
  .object({ productTaxCategories: z.array(z.object({ id: taxCategoryId, name: z.string() })) })
  .transform((answer) => answer.productTaxCategories);
