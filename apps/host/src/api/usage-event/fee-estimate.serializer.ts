import type { Fee, Subscription } from '../../billing/index.js';
import { toFeeObject } from '../invoice/fee.serializer.js';

/** A fee as it would be. It has no id and never was created. */
export function toFeeEstimateObject(fee: Fee, subscriptions: readonly Subscription[]) {
  const shown = toFeeObject(fee, subscriptions);
  const applied_taxes = shown.applied_taxes.map((tax) => ({
    ...tax,
    lago_id: null,
    lago_fee_id: null,
    created_at: null,
  }));
  return { ...shown, lago_id: null, created_at: null, applied_taxes };
}
