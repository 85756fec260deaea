import { describe, expect, it } from '@jest/globals';
import type { LagoWebhookPayloads } from 'lago-javascript-client';
import { Customer, FeeTaxFailed } from '../billing/index.js';
import { toCustomerTaxError, toFeeTaxError } from './tax-problem.payload.js';

type CustomerError = LagoWebhookPayloads['customer.tax_provider_error']['tax_provider_customer_error'];
type FeeError = LagoWebhookPayloads['fee.tax_provider_error']['tax_provider_fee_error'];

const customer = Object.assign(new Customer(), { id: '0192aaaa-0000-7000-8000-000000000001', externalId: 'acme' });
const problem = {
  code: 'item_not_mapped',
  message: 'The item add_on "a" is not mapped.',
  remedy: 'Map it.',
  retry: 'after-fix' as const,
  details: {},
};

describe('what receivers read of a tax that could not be had', () => {
  it('has everything that Lago’s webhook of a customer has, and names the document', () => {
    const document = { kind: 'credit_note' as const, id: 'cn-1', customerId: 'acme' };
    const payload: Record<keyof CustomerError, unknown> = toCustomerTaxError(customer, 'anrok-us', document, {
      ...problem,
      next: 'waiting',
    });
    expect(payload).toEqual({
      lago_customer_id: customer.id,
      external_customer_id: 'acme',
      tax_provider: 'anrok',
      tax_provider_code: 'anrok-us',
      provider_error: { message: 'The item add_on "a" is not mapped.', error_code: 'item_not_mapped' },
      document: { kind: 'credit_note', lago_id: 'cn-1' },
      remedy: 'Map it.',
      next: 'waiting',
    });
  });

  it('has everything that Lago’s webhook of a fee has, and names no provider where none was asked', () => {
    const payload: Record<keyof FeeError, unknown> = toFeeTaxError(
      customer,
      undefined,
      new FeeTaxFailed('acme', 'charge-1', 'event-1', problem),
    );
    expect(payload).toEqual({
      tax_provider: null,
      tax_provider_code: null,
      lago_charge_id: 'charge-1',
      event_transaction_id: 'event-1',
      provider_error: { message: 'The item add_on "a" is not mapped.', error_code: 'item_not_mapped' },
      lago_customer_id: customer.id,
      external_customer_id: 'acme',
      remedy: 'Map it.',
    });
  });
});
