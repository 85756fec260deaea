import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsTimeZone,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CUSTOMER_TYPES, type CustomerType } from '../../billing/index.js';
import { IsEmailAddress } from '../input/email.decorator.js';
import { IsCurrency } from '../input/money.decorator.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** Where a customer is. */
export class AddressInput {
  @OptionalText()
  readonly address_line1?: string | null;

  @OptionalText()
  readonly address_line2?: string | null;

  @OptionalText()
  readonly city?: string | null;

  @OptionalText()
  readonly state?: string | null;

  @OptionalText()
  readonly zipcode?: string | null;

  @OptionalText()
  @IsISO31661Alpha2()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  readonly country?: string | null;
}

/** A tie to another system, such as `{ "integration_type": "anrok", "integration_code": "anrok-us" }`. */
export class CustomerIntegrationInput {
  @Text()
  readonly integration_type: string;

  @Text()
  readonly integration_code: string;

  @OptionalText()
  readonly external_customer_id?: string | null;

  @IsOptional()
  @IsBoolean()
  readonly sync_with_provider?: boolean | null;
}

/** How the customer is billed. */
class BillingConfigurationInput {
  /** Days. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  readonly invoice_grace_period?: number | null;
}

/** `POST /customers`: what is absent stays as it is, null takes it away. */
export class CustomerBody extends AddressInput {
  @Text()
  readonly external_id: string;

  @IsOptional()
  @IsIn(CUSTOMER_TYPES)
  readonly customer_type?: CustomerType | null;

  @OptionalText()
  readonly name?: string | null;

  @OptionalText()
  readonly firstname?: string | null;

  @OptionalText()
  readonly lastname?: string | null;

  @OptionalText()
  readonly legal_name?: string | null;

  @OptionalText()
  readonly legal_number?: string | null;

  @OptionalText()
  @IsEmailAddress()
  readonly email?: string | null;

  @OptionalText()
  readonly phone?: string | null;

  @OptionalText()
  readonly url?: string | null;

  @OptionalText()
  readonly logo_url?: string | null;

  @IsOptional()
  @IsCurrency()
  readonly currency?: string | null;

  @OptionalText(64)
  @IsTimeZone()
  readonly timezone?: string | null;

  @OptionalText()
  readonly tax_identification_number?: string | null;

  /** Days. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly net_payment_term?: number | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BillingConfigurationInput)
  readonly billing_configuration?: BillingConfigurationInput | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressInput)
  readonly shipping_address?: AddressInput | null;

  /** All of them: whatever is not in the list is untied. */
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CustomerIntegrationInput)
  readonly integration_customers?: readonly CustomerIntegrationInput[] | null;
}
