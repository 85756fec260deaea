import type { EstimatePurpose, TaxAccount, TaxStrategyRegistry } from '@anrok-nest/tax';
import { v7 as uuidv7 } from 'uuid';
import type { Invoice } from '../invoice/invoice.entity.js';
import { applyEstimate } from '../tax/apply-taxes.js';
import { toTaxDocument } from '../tax/to-tax-document.js';

/**
 * Shows on an invoice that isn't there what its tax would be.
 *
 * @param account over which the customer would be taxed, null for none; by its ties when absent
 * @throws TaxError when there is no answer; never an answer of zero instead
 */
export async function estimateProspect(
  strategies: TaxStrategyRegistry,
  invoice: Invoice,
  purpose: EstimatePurpose,
  account?: TaxAccount | null,
): Promise<void> {
  const document = toTaxDocument(invoice);
  const customer = { ...document.customer, ...(account && { account }) };
  // no ties are found by an id that is new
  const strategy = await strategies.for(account === null ? { id: uuidv7() } : customer);
  applyEstimate(invoice, await strategy.estimate({ ...document, customer }, { purpose }));
}
