import type { EstimatePurpose, TaxAccount, TaxStrategyRegistry } from '@anrok-nest/tax';
import type { Invoice } from '../invoice/invoice.entity.js';
import { applyEstimate } from '../tax/apply-taxes.js';
import { toTaxDocument } from '../tax/to-tax-document.js';

/**
 * Shows on an invoice that isn't there what its tax would be.
 *
 * @param account over which the customer would be taxed; by its ties when absent
 * @throws TaxError when there is no answer; never an answer of zero instead
 */
export async function estimateProspect(
  strategies: TaxStrategyRegistry,
  invoice: Invoice,
  purpose: EstimatePurpose,
  account?: TaxAccount,
): Promise<void> {
  const document = toTaxDocument(invoice);
  const customer = { ...document.customer, ...(account && { account }) };
  const strategy = await strategies.for(customer);
  applyEstimate(invoice, await strategy.estimate({ ...document, customer }, { purpose }));
}
