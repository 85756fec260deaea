import { currencyDigits, Decimal, type MinorUnits, roundToMinorUnits } from '@anrok-nest/tax';
import type { Fee } from '../invoice/invoice.entity.js';

/** What is owed for something, before it is on any invoice. */
export type PricedFee = Pick<
  Fee,
  | 'itemType'
  | 'itemCode'
  | 'itemName'
  | 'itemId'
  | 'payInAdvance'
  | 'invoiceDisplayName'
  | 'description'
  | 'units'
  | 'unitAmount'
  | 'amountCents'
  | 'taxIncluded'
  | 'fromDatetime'
  | 'toDatetime'
> &
  Partial<Pick<Fee, 'subscriptionId' | 'chargeId' | 'eventTransactionId'>>;

/** Whose fee it is, and of which time. */
export interface PricingContext {
  readonly subscriptionId: string;
  /** ISO 4217, of the plan. */
  readonly currency: string;
  readonly from: Date;
  /** The first moment after it. */
  readonly until: Date;
}

/**
 * The exact product of units and unit price, rounded once to the minor unit, halves away from zero.
 *
 * @param units decimal string
 * @param unitAmount decimal string in major units
 * @throws InvalidAmountError when it is more than numbers hold exactly
 */
export function priceOf(units: string, unitAmount: string, currency: string): MinorUnits {
  return roundToMinorUnits(new Decimal(units).times(unitAmount).shiftedBy(currencyDigits(currency)));
}

/** What all fees of a subscription have in common. A fee names the last millisecond of its time. */
export function commonOf({ subscriptionId, from, until }: PricingContext) {
  return {
    subscriptionId,
    taxIncluded: false,
    fromDatetime: from,
    toDatetime: new Date(until.getTime() - 1),
  };
}
