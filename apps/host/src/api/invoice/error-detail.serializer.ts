import type { InvoiceErrorDetail } from '../../billing/index.js';

/** `tax_error` and `tax_error_message` (or `tax_voiding_error`…) are what callers know; the rest says what to do. */
export function toErrorDetailObject({ id, code, problem }: InvoiceErrorDetail) {
  return {
    lago_id: id,
    error_code: code,
    details: {
      ...problem.details,
      [code]: problem.code,
      [`${code}_message`]: problem.message,
      remedy: problem.remedy,
      next: problem.next,
      ...(problem.retryAt && { retry_at: problem.retryAt }),
    },
  };
}
