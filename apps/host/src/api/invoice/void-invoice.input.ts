import { IsBoolean, IsOptional } from 'class-validator';
import type { GivenBack } from '../../billing/index.js';
import { Cents } from '../input/money.decorator.js';

/** `POST /invoices/:id/void`, where all of it may be absent. */
export class VoidInvoiceBody {
  @IsOptional()
  @IsBoolean()
  readonly generate_credit_note?: boolean | null;

  /** Like the other, counts only with a credit note. */
  @IsOptional()
  @Cents(0)
  readonly refund_amount?: number | null;

  @IsOptional()
  @Cents(0)
  readonly credit_amount?: number | null;
}

export function toGivenBack({ generate_credit_note, credit_amount, refund_amount }: VoidInvoiceBody): GivenBack {
  return {
    creditAmountCents: (generate_credit_note && credit_amount) || 0,
    refundAmountCents: (generate_credit_note && refund_amount) || 0,
  };
}
