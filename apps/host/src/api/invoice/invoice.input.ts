import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { type OneOffInvoiceInput, toDecimalText } from '../../billing/index.js';
import { IsDecimalText } from '../input/decimal-text.decorator.js';
import { IsMoment, toMoment } from '../input/moment.js';
import { Cents, IsCurrency } from '../input/money.decorator.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** More in one statement than databases take parameters for, and more than anybody reads. */
const MOST_FEES = 5_000;

/** A line of a one-off invoice; what is absent comes from the add-on. */
export class OneOffFeeBody {
  @Text()
  readonly add_on_code: string;

  @IsOptional()
  @Cents(0)
  readonly unit_amount_cents?: number | null;

  /** Decimal, as text or number; one unit when absent. */
  @IsOptional()
  @IsDecimalText()
  readonly units?: string | number | null;

  @OptionalText()
  readonly invoice_display_name?: string | null;

  @OptionalText(10_000)
  readonly description?: string | null;

  @IsOptional()
  @IsMoment()
  readonly from_datetime?: string | null;

  @IsOptional()
  @IsMoment()
  readonly to_datetime?: string | null;

  /** An extension of this API: whether the amount already contains its tax. False when absent. */
  @IsOptional()
  @IsBoolean()
  readonly tax_included?: boolean | null;
}

/** `POST /invoices` */
export class OneOffInvoiceBody {
  @Text()
  readonly external_customer_id: string;

  @IsOptional()
  @IsCurrency()
  readonly currency?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_FEES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OneOffFeeBody)
  readonly fees?: readonly OneOffFeeBody[] | null;
}

export function toOneOffInvoiceInput(body: OneOffInvoiceBody): OneOffInvoiceInput {
  return {
    customerId: body.external_customer_id,
    currency: body.currency,
    fees: (body.fees ?? []).map((fee) => ({
      addOnCode: fee.add_on_code,
      unitAmountCents: fee.unit_amount_cents,
      units: toDecimalText(fee.units),
      invoiceDisplayName: fee.invoice_display_name,
      description: fee.description,
      taxIncluded: fee.tax_included,
      fromDatetime: toMoment(fee.from_datetime),
      toDatetime: toMoment(fee.to_datetime),
    })),
  };
}
