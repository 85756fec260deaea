import { IsIn, IsOptional } from 'class-validator';
import type { InvoiceFilter } from '../../billing/index.js';
import { ToList } from '../input/list.decorator.js';
import { IsCalendarDate } from '../input/moment.js';
import { PageInput } from '../input/page.input.js';
import { OptionalText } from '../input/text.decorator.js';
import { fromWireStatus, WIRE_STATUSES, type WireStatus } from './invoice-status.wire.js';

/** `GET /invoices` */
export class InvoiceListInput extends PageInput {
  @IsOptional()
  @ToList()
  @IsIn(WIRE_STATUSES, { each: true })
  readonly statuses?: readonly WireStatus[];

  /** The older name of `statuses`. */
  @IsOptional()
  @ToList()
  @IsIn(WIRE_STATUSES, { each: true })
  readonly status?: readonly WireStatus[];

  @OptionalText()
  readonly external_customer_id?: string | null;

  @OptionalText()
  readonly currency?: string | null;

  @IsOptional()
  @IsCalendarDate()
  readonly issuing_date_from?: string;

  @IsOptional()
  @IsCalendarDate()
  readonly issuing_date_to?: string;
}

export function toInvoiceFilter(input: InvoiceListInput): InvoiceFilter {
  const statuses = input.statuses ?? input.status;
  return {
    ...(statuses && { statuses: statuses.flatMap(fromWireStatus) }),
    ...(input.external_customer_id && { customerId: input.external_customer_id }),
    ...(input.currency && { currency: input.currency }),
    ...(input.issuing_date_from && { issuingDateFrom: input.issuing_date_from }),
    ...(input.issuing_date_to && { issuingDateTo: input.issuing_date_to }),
  };
}
