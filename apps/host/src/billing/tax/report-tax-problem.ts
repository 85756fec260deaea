import type { Invoice } from '../invoice/invoice.entity.js';
import { type InvoiceTaxProblem, toErrorDetail } from '../invoice/invoice-error-detail.js';
import { nextStatus } from '../invoice/invoice-status.js';

/**
 * Shows on an invoice why it has no tax. One that has its tax is left as it is, because its customer has it; unless it
 * was taken back since: then it shows why the authorities still count it.
 */
export function reportTaxProblem(invoice: Invoice, problem: InvoiceTaxProblem): void {
  if (invoice.status === 'voided' || (invoice.status === 'finalized' && invoice.paymentDisputeLostAt)) {
    invoice.errorDetails = [toErrorDetail(problem, 'tax_voiding_error')];
    return;
  }
  const status = nextStatus(invoice.status, problem.next === 'retrying' ? 'taxDelayed' : 'taxFailed');
  if (!status) return;
  invoice.status = status;
  invoice.errorDetails = [toErrorDetail(problem)];
}
