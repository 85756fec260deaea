import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import type { CustomerCreateInput } from 'lago-javascript-client';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { refusalOf } from '../../api/testing/lago-refusal.js';
import {
  type CustomerIntegration,
  type CustomerIntegrationRequest,
  CustomerIntegrations,
} from './customer-integrations.js';
import { CUSTOMER_UPDATED, type CustomerUpdated } from './customer.event.js';

@Injectable()
class CustomerListener {
  readonly heard: CustomerUpdated[] = [];
  hear = () => {};

  constructor(private readonly em: EntityManager) {}

  @OnEvent(CUSTOMER_UPDATED, { suppressErrors: false })
  async onUpdated(event: CustomerUpdated): Promise<void> {
    expect(this.em.isInTransaction()).toBe(true);
    this.heard.push(event);
    this.hear();
  }
}

/** Keeps ties in memory; a stand-in for the adapter of a real system. */
class RememberedIntegrations extends CustomerIntegrations {
  readonly ties = new Map<string, readonly CustomerIntegration[]>();

  async link(customerId: string, requests: readonly CustomerIntegrationRequest[]): Promise<void> {
    if (requests.some((request) => request.integrationCode === 'broken')) throw new Error('there is no room left');
    this.ties.set(
      customerId,
      requests.map((request, index) => ({ ...request, id: `tie-${index}`, category: 'tax' })),
    );
  }

  async accountOf(): Promise<null> {
    return null;
  }

  async of(customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly CustomerIntegration[]>> {
    return new Map([...this.ties].filter(([customerId]) => customerIds.includes(customerId)));
  }
}

describe('saving a customer', () => {
  const integrations = new RememberedIntegrations();
  let host: TestHost;
  let listener: CustomerListener;
  beforeAll(async () => {
    host = await startHost({ integrations, providers: [CustomerListener] });
    listener = host.app.get(CustomerListener);
  });
  beforeEach(() => {
    listener.heard.length = 0;
    listener.hear = () => {};
  });
  afterAll(() => host.close());

  const save = async (external_id: string, fields: Partial<CustomerCreateInput['customer']> = {}) =>
    (await host.lago.customers.createCustomer({ customer: { external_id, ...fields } })).data.customer;

  it('tells nobody when it is new', async () => {
    await save('new', { name: 'New' });
    expect(listener.heard).toEqual([]);
  });

  it.each([
    [{ name: 'Changed' }],
    [{ email: null }],
    [{ state: 'UT' }],
    [{ shipping_address: { city: 'Lyon' } }],
    [{ tax_identification_number: 'DE123' }],
  ])('tells what listens that %j changed something', async (fields) => {
    await save('known', { name: 'Known', email: 'a@known.test', state: 'CO', shipping_address: { city: 'Paris' } });
    listener.heard.length = 0;
    await save('known', fields);
    expect(listener.heard).toEqual([{ customerId: 'known' }]);
  });

  it('tells nobody when everything was so already', async () => {
    const fields = { name: 'Same', email: null, city: '', shipping_address: { city: 'Paris' } };
    await save('same', fields);
    await save('same', fields);
    await save('same');
    expect(listener.heard).toEqual([]);
  });

  it('is taken back when a listener fails', async () => {
    await save('undone', { name: 'Before' });
    listener.hear = () => {
      throw new Error('the listener has no room left');
    };
    expect(await refusalOf(save('undone', { name: 'After' }))).toMatchObject({ status: 500 });
    expect((await host.lago.customers.findCustomer('undone')).data.customer.name).toBe('Before');
  });

  it('ties it to the systems that are named, and shows the ties wherever the customer is shown', async () => {
    const tie = {
      integration_type: 'netsuite' as const,
      integration_code: 'netsuite-us',
      external_customer_id: 'cus_1',
    };
    const shown = [
      {
        lago_id: 'tie-0',
        type: 'netsuite',
        category: 'tax',
        integration_code: 'netsuite-us',
        external_customer_id: 'cus_1',
        external_customer_page: null,
        sync_with_provider: true,
      },
    ];
    const saved = await save('tied', {
      currency: 'USD',
      integration_customers: [{ ...tie, sync_with_provider: true }],
    });
    expect(saved.integration_customers).toEqual(shown);
    expect(await save('tied', { name: 'Tied' })).toMatchObject({ integration_customers: shown });
    const { customers } = (await host.lago.customers.findAllCustomers()).data;
    expect(customers.find((customer) => customer.external_id === 'tied')?.integration_customers).toEqual(shown);

    const add_on = { code: 'setup', name: 'Setup', amount_cents: 1, amount_currency: 'USD' as const };
    await host.lago.addOns.createAddOn({ add_on });
    const { invoice } = (
      await host.lago.invoices.createInvoice({
        invoice: { external_customer_id: 'tied', fees: [{ add_on_code: 'setup' }] },
      })
    ).data;
    expect(invoice.customer?.integration_customers).toEqual(shown);
    const { invoices } = (await host.lago.invoices.findAllInvoices()).data;
    expect(invoices[0]?.customer?.integration_customers).toEqual(shown);
  });

  it('is taken back when it can not be tied', async () => {
    const integration_customers = [{ integration_type: 'netsuite' as const, integration_code: 'broken' }];
    expect(await refusalOf(save('untied', { integration_customers }))).toMatchObject({ status: 500 });
    expect(await refusalOf(host.lago.customers.findCustomer('untied'))).toMatchObject({ status: 404 });
  });
});
