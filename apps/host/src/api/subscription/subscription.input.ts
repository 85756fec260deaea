import { IsIn, IsOptional } from 'class-validator';
import {
  BILLING_TIMES,
  type BillingTime,
  SUBSCRIPTION_STATUSES,
  type SubscriptionFilter,
  type SubscriptionInput,
  type SubscriptionStatus,
} from '../../billing/index.js';
import { ToList } from '../input/list.decorator.js';
import { IsMoment, toMoment } from '../input/moment.js';
import { PageInput } from '../input/page.input.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** `POST /subscriptions` */
export class SubscriptionBody {
  @Text()
  readonly external_customer_id: string;

  @Text()
  readonly plan_code: string;

  @Text()
  readonly external_id: string;

  @OptionalText()
  readonly name?: string | null;

  @IsOptional()
  @IsIn(BILLING_TIMES)
  readonly billing_time?: BillingTime | null;

  /** Now when absent. */
  @IsOptional()
  @IsMoment()
  readonly subscription_at?: string | null;
}

export function toSubscriptionInput(body: SubscriptionBody): SubscriptionInput {
  return {
    externalId: body.external_id,
    customerId: body.external_customer_id,
    planCode: body.plan_code,
    name: body.name,
    billingTime: body.billing_time,
    startsAt: toMoment(body.subscription_at),
  };
}

/** `GET /subscriptions`: active ones, unless the caller says otherwise. */
export class SubscriptionListInput extends PageInput {
  @OptionalText()
  readonly external_customer_id?: string | null;

  @OptionalText()
  readonly external_id?: string | null;

  @OptionalText()
  readonly plan_code?: string | null;

  @IsOptional()
  @ToList()
  @IsIn(SUBSCRIPTION_STATUSES, { each: true })
  readonly status?: readonly SubscriptionStatus[];
}

export function toSubscriptionFilter(input: SubscriptionListInput): SubscriptionFilter {
  return {
    statuses: input.status ?? ['active'],
    ...(input.external_customer_id && { customerId: input.external_customer_id }),
    ...(input.external_id && { externalId: input.external_id }),
    ...(input.plan_code && { planCode: input.plan_code }),
  };
}
