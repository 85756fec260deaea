import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsTimeZone,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { BILLING_TIMES, type BillingTime, InvalidInputError, type PreviewInput } from '../../billing/index.js';
import { AddressInput, CustomerIntegrationInput } from '../customer/customer.input.js';
import { toAddress, toIntegration } from '../customer/to-customer-input.js';
import { IsMoment, toMoment } from '../input/moment.js';
import { IsCurrency } from '../input/money.decorator.js';
import { isStorable, OptionalText } from '../input/text.decorator.js';

/** A customer that is there, with changes, or somebody who may become one. */
class PreviewCustomerBody extends AddressInput {
  @OptionalText()
  readonly external_id?: string | null;

  @OptionalText()
  readonly name?: string | null;

  @IsOptional()
  @IsCurrency()
  readonly currency?: string | null;

  @OptionalText(64)
  @IsTimeZone()
  readonly timezone?: string | null;

  @OptionalText()
  readonly tax_identification_number?: string | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressInput)
  readonly shipping_address?: AddressInput | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CustomerIntegrationInput)
  readonly integration_customers?: readonly CustomerIntegrationInput[] | null;
}

const AreTexts = (): PropertyDecorator =>
  ValidateBy({
    name: 'areTexts',
    validator: {
      validate: (values) =>
        Array.isArray(values) && values.every((value) => typeof value === 'string' && isStorable(value)),
    },
  });

class PreviewSubscriptionsBody {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @AreTexts()
  readonly external_ids: readonly string[];

  @OptionalText()
  readonly plan_code?: string | null;

  @IsOptional()
  @IsMoment()
  readonly terminated_at?: string | null;
}

/** `POST /invoices/preview` */
export class InvoicePreviewBody {
  @IsNotEmpty()
  @IsObject()
  @ValidateNested()
  @Type(() => PreviewCustomerBody)
  readonly customer: PreviewCustomerBody;

  @OptionalText()
  readonly plan_code?: string | null;

  /** Now when absent. */
  @IsOptional()
  @IsMoment()
  readonly subscription_at?: string | null;

  @IsOptional()
  @IsIn(BILLING_TIMES)
  readonly billing_time?: BillingTime | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PreviewSubscriptionsBody)
  readonly subscriptions?: PreviewSubscriptionsBody | null;

  @IsOptional()
  @IsArray()
  readonly coupons?: readonly unknown[] | null;
}

/**
 * What this billing can't do is refused: an answer without it would be a wrong one.
 *
 * @throws InvalidInputError
 */
export function toPreviewInput({ customer, subscriptions, coupons, ...body }: InvoicePreviewBody): PreviewInput {
  if (coupons && coupons.length > 0) throw new InvalidInputError({ coupons: ['feature_not_available'] });
  if (subscriptions?.plan_code) throw new InvalidInputError({ 'subscriptions.planCode': ['feature_not_available'] });
  return {
    customer: {
      ...(customer.external_id && { customerId: customer.external_id }),
      name: customer.name,
      currency: customer.currency,
      timezone: customer.timezone,
      taxIdentificationNumber: customer.tax_identification_number,
      address: toAddress(customer),
      shippingAddress: toAddress(customer.shipping_address ?? {}),
      ...(customer.integration_customers && { integrations: customer.integration_customers.map(toIntegration) }),
    },
    planCode: body.plan_code,
    billingTime: body.billing_time,
    startsAt: toMoment(body.subscription_at),
    ...(subscriptions && { subscriptionIds: subscriptions.external_ids }),
    terminatedAt: toMoment(subscriptions?.terminated_at),
  };
}
