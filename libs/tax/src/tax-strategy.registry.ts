import type { TaxCustomer } from './tax-document.js';
import type { TaxStrategy } from './tax-strategy.js';
import { NoTaxStrategyError } from './tax.error.js';

/** Picks who computes a customer's tax: the first strategy that applies. Put the one for everybody else last. */
export class TaxStrategyRegistry {
  constructor(private readonly strategies: readonly TaxStrategy[]) {}

  /** @throws NoTaxStrategyError */
  async for(customer: Pick<TaxCustomer, 'id'>): Promise<TaxStrategy> {
    for (const strategy of this.strategies) if (await strategy.appliesTo(customer)) return strategy;
    throw new NoTaxStrategyError(customer.id);
  }
}
