import type { Invoice } from '../invoice/invoice.entity.js';
import { type InvoiceTaxProblem, toErrorDetail } from '../invoice/invoice-error-detail.js';
import { nextStatus } from '../invoice/invoice-status.js';

/** Shows on an invoice why it has no tax. One that has its tax is left as it is: its customer has it. */
export function reportTaxProblem(invoice: Invoice, problem: InvoiceTaxProblem): void {
  const status = nextStatus(invoice.status, problem.next === 'retrying' ? 'taxDelayed' : 'taxFailed');
  if (!status) return;
  invoice.status = status;
  invoice.errorDetails = [toErrorDetail(problem)];
}
