import { TaxError } from '@anrok-nest/tax';
import type { EventPrice } from './price-events.js';

/** Fees are not created, because one of them has no tax, or all. Says what the reason says. */
export class FeesNotTaxedError extends TaxError {
  constructor(
    readonly prices: readonly EventPrice[],
    reason: TaxError,
  ) {
    super(reason.problem, { cause: reason });
  }
}
