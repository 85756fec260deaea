import type { DocumentProblem } from '@anrok-nest/module';
import type { TaxDocumentReference, TaxProblem } from '@anrok-nest/tax';
import type { Customer, FeeTaxFailed } from '../billing/index.js';

// What receivers read of a tax that could not be had. The fields after `provider_error` are extensions.

/** Of `customer.tax_provider_error`: a document of the customer has no tax until somebody does what the remedy names. */
export function toCustomerTaxError(
  customer: Customer,
  connectionCode: string | undefined,
  { kind, id }: TaxDocumentReference,
  problem: DocumentProblem,
) {
  return {
    ...toCustomerReference(customer),
    ...toProvider(connectionCode),
    provider_error: toProviderError(problem),
    document: { kind, lago_id: id },
    remedy: problem.remedy,
    next: problem.next,
  };
}

/** Of `fee.tax_provider_error`: a fee in advance was not created. */
export function toFeeTaxError(customer: Customer, connectionCode: string | undefined, refused: FeeTaxFailed) {
  return {
    ...toProvider(connectionCode),
    lago_charge_id: refused.chargeId,
    event_transaction_id: refused.eventTransactionId,
    provider_error: toProviderError(refused.problem),
    ...toCustomerReference(customer),
    remedy: refused.problem.remedy,
  };
}

/** Both are null where no connection was asked. */
function toProvider(connectionCode: string | undefined) {
  return { tax_provider: connectionCode ? 'anrok' : null, tax_provider_code: connectionCode ?? null };
}

function toProviderError({ message, code }: TaxProblem) {
  return { message, error_code: code };
}

function toCustomerReference({ id, externalId }: Customer) {
  return { lago_customer_id: id, external_customer_id: externalId };
}
