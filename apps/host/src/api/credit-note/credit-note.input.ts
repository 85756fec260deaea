import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { CREDIT_NOTE_REASONS, type CreditNoteInput, type CreditNoteReason } from '../../billing/index.js';
import { Cents } from '../input/money.decorator.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** As many as an invoice may have fees. */
const MOST_ITEMS = 5_000;

/** What is taken back of one fee. */
export class CreditNoteItemBody {
  @Text()
  readonly fee_id: string;

  @Cents(1)
  readonly amount_cents: number;
}

/** `POST /credit_notes/estimate` */
export class CreditNoteEstimateBody {
  @Text()
  readonly invoice_id: string;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_ITEMS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CreditNoteItemBody)
  readonly items: readonly CreditNoteItemBody[];
}

/** `POST /credit_notes`: credit and refund together are the items and their taxes. */
export class CreditNoteBody extends CreditNoteEstimateBody {
  @IsOptional()
  @IsIn(CREDIT_NOTE_REASONS)
  readonly reason?: CreditNoteReason | null;

  @OptionalText(10_000)
  readonly description?: string | null;

  @IsOptional()
  @Cents(0)
  readonly credit_amount_cents?: number | null;

  @IsOptional()
  @Cents(0)
  readonly refund_amount_cents?: number | null;
}

export function toEstimateInput({ invoice_id, items }: CreditNoteEstimateBody) {
  return {
    invoiceId: invoice_id,
    items: items.map(({ fee_id, amount_cents }) => ({ feeId: fee_id, amountCents: amount_cents })),
  };
}

export function toCreditNoteInput(body: CreditNoteBody): CreditNoteInput {
  return {
    ...toEstimateInput(body),
    reason: body.reason,
    description: body.description,
    creditAmountCents: body.credit_amount_cents ?? 0,
    refundAmountCents: body.refund_amount_cents ?? 0,
  };
}
