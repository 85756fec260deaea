import type { TaxProblem } from '@anrok-nest/tax';
import { v7 as uuidv7 } from 'uuid';

/** Why an invoice has no tax, and what comes next. */
export interface InvoiceTaxProblem extends TaxProblem {
  /** `retrying`: by itself, soon. `waiting`: once what the remedy names is done. `failed`: when somebody asks for it. */
  readonly next: 'retrying' | 'waiting' | 'failed';
  /** When it is tried again, if it is known. */
  readonly retryAt?: Date;
}

/** `tax_error`: there is no tax. `tax_voiding_error`: it counts no more, and the authorities don't know yet. */
export type InvoiceErrorCode = 'tax_error' | 'tax_voiding_error';

/** A problem as an invoice keeps it: plain JSON. */
export interface InvoiceErrorDetail {
  readonly id: string;
  readonly code: InvoiceErrorCode;
  readonly problem: Omit<InvoiceTaxProblem, 'retryAt'> & { readonly retryAt?: string };
}

export function toErrorDetail(
  { retryAt, ...problem }: InvoiceTaxProblem,
  code: InvoiceErrorCode = 'tax_error',
): InvoiceErrorDetail {
  return { id: uuidv7(), code, problem: { ...problem, ...(retryAt && { retryAt: retryAt.toISOString() }) } };
}
