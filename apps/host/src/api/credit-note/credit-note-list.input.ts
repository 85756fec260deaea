import { IsIn, IsOptional } from 'class-validator';
import { CREDIT_NOTE_REASONS, type CreditNoteFilter, type CreditNoteReason } from '../../billing/index.js';
import { IsCalendarDate } from '../input/moment.js';
import { PageInput } from '../input/page.input.js';
import { OptionalText } from '../input/text.decorator.js';

/** `GET /credit_notes` */
export class CreditNoteListInput extends PageInput {
  @OptionalText()
  readonly external_customer_id?: string | null;

  @OptionalText()
  readonly invoice_number?: string | null;

  @OptionalText()
  readonly currency?: string | null;

  @IsOptional()
  @IsIn(CREDIT_NOTE_REASONS)
  readonly reason?: CreditNoteReason;

  @IsOptional()
  @IsCalendarDate()
  readonly issuing_date_from?: string;

  @IsOptional()
  @IsCalendarDate()
  readonly issuing_date_to?: string;
}

export function toCreditNoteFilter(input: CreditNoteListInput): CreditNoteFilter {
  return {
    ...(input.external_customer_id && { customerId: input.external_customer_id }),
    ...(input.invoice_number && { invoiceNumber: input.invoice_number }),
    ...(input.currency && { currency: input.currency }),
    ...(input.reason && { reason: input.reason }),
    ...(input.issuing_date_from && { issuingDateFrom: input.issuing_date_from }),
    ...(input.issuing_date_to && { issuingDateTo: input.issuing_date_to }),
  };
}
