import type { TaxProblem } from '@anrok-nest/tax';
import { v7 as uuidv7 } from 'uuid';

/** Why an invoice has no tax, and what comes next. */
export interface InvoiceTaxProblem extends TaxProblem {
  /** `retrying`: by itself, soon. `waiting`: once what the remedy names is done. `failed`: when somebody asks for it. */
  readonly next: 'retrying' | 'waiting' | 'failed';
  /** When it is tried again, if it is known. */
  readonly retryAt?: Date;
}

/** A problem as an invoice keeps it: plain JSON. */
export interface InvoiceErrorDetail {
  readonly id: string;
  readonly code: 'tax_error';
  readonly problem: Omit<InvoiceTaxProblem, 'retryAt'> & { readonly retryAt?: string };
}

export function toErrorDetail({ retryAt, ...problem }: InvoiceTaxProblem): InvoiceErrorDetail {
  return {
    id: uuidv7(),
    code: 'tax_error',
    problem: { ...problem, ...(retryAt && { retryAt: retryAt.toISOString() }) },
  };
}
