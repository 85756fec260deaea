import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  ValidateNested,
} from 'class-validator';
import { PLAN_INTERVALS, type PlanInput, type PlanInterval, toDecimalText } from '../../billing/index.js';
import { IfGiven } from '../input/if-given.decorator.js';
import { Cents, IsCurrency } from '../input/money.decorator.js';
import { OptionalText, Text } from '../input/text.decorator.js';
import { ChargeBody, FixedChargeBody } from './charge.input.js';

/** What an interval costs at least. */
class MinimumCommitmentInput {
  @IsNotEmpty()
  @Cents(0)
  readonly amount_cents: number;

  @OptionalText()
  readonly invoice_display_name?: string | null;
}

/** More than anybody puts on a plan, and less than databases take parameters for. */
const MOST_CHARGES = 1_000;

/** What `POST` and `PUT` have in common: what may be absent. */
class PlanParts {
  @OptionalText()
  readonly invoice_display_name?: string | null;

  @OptionalText(10_000)
  readonly description?: string | null;

  /** Null takes it away. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => MinimumCommitmentInput)
  readonly minimum_commitment?: MinimumCommitmentInput | null;

  /** All of them: what is not in the list is taken off the plan. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHARGES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ChargeBody)
  readonly charges?: readonly ChargeBody[] | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHARGES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FixedChargeBody)
  readonly fixed_charges?: readonly FixedChargeBody[] | null;
}

/** `POST /plans` */
export class PlanBody extends PlanParts {
  @Text()
  readonly code: string;

  @Text()
  readonly name: string;

  @IsNotEmpty()
  @IsIn(PLAN_INTERVALS)
  readonly interval: PlanInterval;

  /** Of a whole interval. */
  @IsNotEmpty()
  @Cents(0)
  readonly amount_cents: number;

  @IsNotEmpty()
  @IsCurrency()
  readonly amount_currency: string;

  @IsNotEmpty()
  @IsBoolean()
  readonly pay_in_advance: boolean;
}

/** `PUT /plans/:code`: what is absent stays as it is. */
export class PlanChanges extends PlanParts {
  @IfGiven()
  @Text()
  readonly code?: string;

  @IfGiven()
  @Text()
  readonly name?: string;

  @IfGiven()
  @IsIn(PLAN_INTERVALS)
  readonly interval?: PlanInterval;

  @IfGiven()
  @Cents(0)
  readonly amount_cents?: number;

  @IfGiven()
  @IsCurrency()
  readonly amount_currency?: string;

  @IfGiven()
  @IsBoolean()
  readonly pay_in_advance?: boolean;
}

/** The caller's words as billing's. Absent stays absent, null stays null. */
export function toPlanInput(body: PlanBody): PlanInput;
export function toPlanInput(body: PlanChanges): Partial<PlanInput>;
export function toPlanInput(body: PlanChanges): Partial<PlanInput> {
  const { minimum_commitment: commitment, charges, fixed_charges: fixedCharges } = body;
  return {
    code: body.code,
    name: body.name,
    interval: body.interval,
    amountCents: body.amount_cents,
    amountCurrency: body.amount_currency,
    payInAdvance: body.pay_in_advance,
    invoiceDisplayName: body.invoice_display_name,
    description: body.description,
    minimumCommitment: commitment && {
      amountCents: commitment.amount_cents,
      invoiceDisplayName: commitment.invoice_display_name,
    },
    ...(charges && { charges: charges.map(toChargeInput) }),
    ...(fixedCharges && { fixedCharges: fixedCharges.map(toFixedChargeInput) }),
  };
}

function toChargeInput(charge: ChargeBody) {
  return {
    billableMetricId: charge.billable_metric_id,
    amount: toDecimalText(charge.properties.amount)!,
    payInAdvance: charge.pay_in_advance,
    invoiceable: charge.invoiceable,
    invoiceDisplayName: charge.invoice_display_name,
  };
}

function toFixedChargeInput(charge: FixedChargeBody) {
  return {
    addOnId: charge.add_on_id,
    units: toDecimalText(charge.units ?? 0)!,
    amount: toDecimalText(charge.properties?.amount),
    payInAdvance: charge.pay_in_advance,
    invoiceDisplayName: charge.invoice_display_name,
  };
}
