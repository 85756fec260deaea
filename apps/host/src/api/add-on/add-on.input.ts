import { IsNotEmpty } from 'class-validator';
import type { AddOnInput } from '../../billing/index.js';
import { IfGiven } from '../input/if-given.decorator.js';
import { Cents, IsCurrency } from '../input/money.decorator.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** `POST /add_ons` */
export class AddOnBody {
  @Text()
  readonly code: string;

  @Text()
  readonly name: string;

  /** Of one unit. */
  @IsNotEmpty()
  @Cents(1)
  readonly amount_cents: number;

  @IsNotEmpty()
  @IsCurrency()
  readonly amount_currency: string;

  @OptionalText()
  readonly invoice_display_name?: string | null;

  @OptionalText(10_000)
  readonly description?: string | null;
}

/** `PUT /add_ons/:code`: what is absent stays as it is. */
export class AddOnChanges {
  @IfGiven()
  @Text()
  readonly code?: string;

  @IfGiven()
  @Text()
  readonly name?: string;

  @IfGiven()
  @IsNotEmpty()
  @Cents(1)
  readonly amount_cents?: number;

  @IfGiven()
  @IsNotEmpty()
  @IsCurrency()
  readonly amount_currency?: string;

  @OptionalText()
  readonly invoice_display_name?: string | null;

  @OptionalText(10_000)
  readonly description?: string | null;
}

/** The caller's words as billing's. Absent stays absent, null stays null. */
export function toAddOnInput(body: AddOnBody): AddOnInput;
export function toAddOnInput(body: AddOnChanges): Partial<AddOnInput>;
export function toAddOnInput(body: AddOnChanges): Partial<AddOnInput> {
  return {
    code: body.code,
    name: body.name,
    amountCents: body.amount_cents,
    amountCurrency: body.amount_currency,
    invoiceDisplayName: body.invoice_display_name,
    description: body.description,
  };
}
