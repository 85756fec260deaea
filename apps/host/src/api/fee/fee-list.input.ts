import { IsIn, IsOptional } from 'class-validator';
import type { FeeFilter } from '../../billing/index.js';
import { IsMoment, toMoment } from '../input/moment.js';
import { PageInput } from '../input/page.input.js';
import { OptionalText } from '../input/text.decorator.js';
import { fromWireFeeType, WIRE_FEE_TYPES, type WireFeeType } from '../invoice/fee-type.wire.js';

/** `GET /fees` */
export class FeeListInput extends PageInput {
  @OptionalText()
  readonly external_customer_id?: string | null;

  @OptionalText()
  readonly external_subscription_id?: string | null;

  @OptionalText()
  readonly event_transaction_id?: string | null;

  @OptionalText()
  readonly currency?: string | null;

  @IsOptional()
  @IsIn(WIRE_FEE_TYPES)
  readonly fee_type?: WireFeeType;

  @OptionalText()
  readonly billable_metric_code?: string | null;

  /** This billing knows of no payments: to ask for paid fees would be answered wrongly. */
  @IsOptional()
  @IsIn(['pending'])
  readonly payment_status?: 'pending';

  @IsOptional()
  @IsMoment()
  readonly created_at_from?: string;

  @IsOptional()
  @IsMoment()
  readonly created_at_to?: string;
}

export function toFeeFilter(input: FeeListInput): FeeFilter {
  const createdFrom = toMoment(input.created_at_from);
  const createdTo = toMoment(input.created_at_to);
  return {
    ...(input.external_customer_id && { customerId: input.external_customer_id }),
    ...(input.external_subscription_id && { subscriptionId: input.external_subscription_id }),
    ...(input.event_transaction_id && { eventTransactionId: input.event_transaction_id }),
    ...(input.currency && { currency: input.currency }),
    ...(input.fee_type && { itemType: fromWireFeeType(input.fee_type) }),
    ...(input.billable_metric_code && { billableMetricCode: input.billable_metric_code }),
    ...(createdFrom && { createdFrom }),
    ...(createdTo && { createdTo }),
  };
}
