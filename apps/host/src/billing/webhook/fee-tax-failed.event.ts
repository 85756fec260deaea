import type { TaxProblem } from '@anrok-nest/tax';

export const FEE_TAX_FAILED = 'fee.taxFailed';

/**
 * A fee in advance was not created, because it has no tax. Tell it where the fee is refused, inside a transaction that
 * commits or outside of any: what is told in the one that rolls back is not heard.
 */
export class FeeTaxFailed {
  /**
   * @param customerId the caller's own id of the customer
   * @param chargeId billing's id of the charge that the fee would have been for
   * @param eventTransactionId of the event that it would have been for
   */
  constructor(
    readonly customerId: string,
    readonly chargeId: string | null,
    readonly eventTransactionId: string | null,
    readonly problem: TaxProblem,
  ) {}
}
