import type { NotTaxedReason, TaxTreatment } from '@anrok-nest/tax';
import { p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';

/** Columns of a tax, as it stands on a fee and, added up, on an invoice. */
export const appliedTaxProperties = {
  id: p
    .uuid()
    .primary()
    .onCreate(() => uuidv7()),
  position: p.integer(),
  /** As printed: `Colorado Tax`, `Reverse charge`. */
  name: p.text(),
  /** `colorado_tax`, `reverse_charge`. Describes, does not identify: authorities may share a name. */
  code: p.text(),
  jurisdiction: p.text(),
  /** Decimal string between 0 and 1. */
  rate: p.text(),
  amountCents: p.bigint('number'),
  /** Decimal string in minor units: the part of the price that is taxed. */
  taxableAmount: p.text(),
  treatment: p.string().length(20).$type<TaxTreatment>(),
  notTaxedReason: p.string().length(30).$type<NotTaxedReason>().nullable(),
  notTaxedDetail: p.text().nullable(),
  createdAt: p.datetime(3).onCreate(() => new Date()),
};
