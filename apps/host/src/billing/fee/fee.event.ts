export const FEE_CREATED = 'fee.created';
export const FEE_VOIDED = 'fee.voided';

// Each is told inside the transaction that it tells of, so that listeners join it and their failure takes it back.
// The customer's id is the caller's own.

/** There is a fee that is on no invoice, and it counts. */
export class FeeCreated {
  constructor(
    readonly feeId: string,
    readonly customerId: string,
  ) {}
}

/** Such a fee is there no more. */
export class FeeVoided {
  constructor(
    readonly feeId: string,
    readonly customerId: string,
  ) {}
}
