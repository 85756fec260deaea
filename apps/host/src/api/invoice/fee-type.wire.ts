import type { FeeItemType } from '../../billing/index.js';

/** What callers call a fee, and what it is for. */
export const FEE_ITEMS = {
  add_on: { type: 'add_on', item_type: 'AddOn' },
  billable_metric: { type: 'charge', item_type: 'BillableMetric' },
  fixed_charge: { type: 'fixed_charge', item_type: 'AddOn' },
  subscription: { type: 'subscription', item_type: 'Subscription' },
  minimum_commitment: { type: 'commitment', item_type: 'Subscription' },
  prepaid_credit: { type: 'credit', item_type: 'WalletTransaction' },
} as const satisfies Record<FeeItemType, { type: string; item_type: string }>;

export type WireFeeType = (typeof FEE_ITEMS)[FeeItemType]['type'];
export const WIRE_FEE_TYPES: readonly WireFeeType[] = Object.values(FEE_ITEMS).map(({ type }) => type);

/** The kind of fee that a word stands for. */
export function fromWireFeeType(word: WireFeeType): FeeItemType {
  return (Object.keys(FEE_ITEMS) as FeeItemType[]).find((itemType) => FEE_ITEMS[itemType].type === word)!;
}
