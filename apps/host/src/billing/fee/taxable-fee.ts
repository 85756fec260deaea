import { Fee } from '../invoice/invoice.entity.js';
import { toErrorDetail } from '../invoice/invoice-error-detail.js';
import type { SeenDocument, TaxableDocument, TaxableDocuments } from '../tax/taxable-document.js';
import { applyFeeTaxes } from './apply-fee-taxes.js';
import { findStandaloneFee, lockStandaloneFee } from './find-fee.js';
import { toFeeDocument } from './to-fee-document.js';

export const taxableFees: TaxableDocuments = {
  find: async (em, id) => {
    const fee = await findStandaloneFee(em, id);
    return fee && taxableFee(fee);
  },
  findMany: async (em, ids) => {
    const found = await em.find(
      Fee,
      { id: { $in: [...ids] }, invoice: null },
      { populate: ['customer'], refresh: true },
    );
    return found.map(seenFee);
  },
  lock: async (em, id) => {
    const fee = await lockStandaloneFee(em, id);
    return fee && taxableFee(fee);
  },
  list: async (em, { taxStrategy, after, limit, from, to }) => {
    const fees = await em.find(
      Fee,
      {
        invoice: null,
        $or: [{ taxStrategy }, { taxStrategy: null }],
        ...(after !== undefined && { id: { $gt: after } }),
        ...((from ?? to) !== undefined && { issuingDate: { ...(from && { $gte: from }), ...(to && { $lte: to }) } }),
      },
      { fields: ['customer.externalId'], orderBy: { id: 'asc' }, limit },
    );
    return fees.map(({ id, customer }) => ({ id, customerId: customer.externalId }));
  },
};

/** It counts as long as it is there. */
export function taxableFee(fee: Fee): TaxableDocument {
  return {
    ...seenFee(fee),
    apply: (calculation) => applyFeeTaxes(fee, calculation),
    report: (problem) => {
      // one that has its tax is left as it is, because its customer has it
      if (!fee.taxedCustomer) fee.errorDetails = [toErrorDetail(problem)];
    },
    settled: () => {
      fee.errorDetails = null;
    },
  };
}

function seenFee(fee: Fee): SeenDocument {
  return {
    document: toFeeDocument(fee),
    standing: 'final',
    taxStrategy: fee.taxStrategy ?? null,
    // until it is settled, its taxes are an estimate
    booked: { number: null, taxAmount: fee.taxedCustomer ? (fee.taxesAmountCents ?? null) : null, totalAmount: null },
  };
}
