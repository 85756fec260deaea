import type { IsoDate, TaxCustomer, TaxDocument } from '@anrok-nest/tax';
import type { Customer } from '../customer/customer.entity.js';
import type { PricedFee } from '../pricing/priced-fee.js';
import { toTaxableLine, toTaxCustomer } from '../tax/to-tax-document.js';

/** A fee that is on no invoice, be it there already or about to be. */
export interface StandaloneFee extends Pick<
  PricedFee,
  'itemType' | 'itemCode' | 'amountCents' | 'units' | 'taxIncluded'
> {
  readonly id: string;
  readonly currency: string;
  readonly issuingDate?: IsoDate | null;
  readonly customer: Customer;
  readonly taxedCustomer?: TaxCustomer | null;
}

/** A fee in the words of tax: a document of one line. Its customer is the one that it was taxed with, once it was. */
export function toFeeDocument(fee: StandaloneFee): TaxDocument {
  return {
    kind: 'fee',
    id: fee.id,
    currency: fee.currency,
    accountingDate: fee.issuingDate!,
    customer: fee.taxedCustomer ?? toTaxCustomer(fee.customer),
    lines: [toTaxableLine(fee)],
  };
}
