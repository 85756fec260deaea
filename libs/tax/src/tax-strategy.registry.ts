import type { TaxCustomer } from './tax-document.js';
import type { TaxStrategy } from './tax-strategy.js';
import { NoTaxStrategyError, UnknownTaxStrategyError } from './tax.error.js';

/**
 * Picks who computes a customer's tax: the strategy of the account that is given with it, else the first one that
 * applies. Put the one for everybody else last.
 */
export class TaxStrategyRegistry {
  constructor(private readonly strategies: readonly TaxStrategy[]) {}

  /** @throws NoTaxStrategyError, UnknownTaxStrategyError */
  async for(customer: Pick<TaxCustomer, 'id' | 'account'>): Promise<TaxStrategy> {
    if (customer.account) return this.named(customer.account.strategy);
    for (const strategy of this.strategies) if (await strategy.appliesTo(customer)) return strategy;
    throw new NoTaxStrategyError(customer.id);
  }

  /**
   * The strategy of that code, whomever it applies to by now: what a strategy taxed is credited by the same.
   *
   * @throws UnknownTaxStrategyError
   */
  named(code: string): TaxStrategy {
    const strategy = this.strategies.find((strategy) => strategy.code === code);
    if (!strategy) throw new UnknownTaxStrategyError(code);
    return strategy;
  }
}
