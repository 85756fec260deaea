import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InvoicePreviewInput } from 'lago-javascript-client';
import { call, stockCalls } from '../../apps/host/src/api/testing/charging.js';
import { refusalOf } from '../../apps/host/src/api/testing/lago-refusal.js';
import { plan } from '../../apps/host/src/api/testing/subscribing.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const DOWN = { kind: 'status', status: 503 } as const;
const BERLIN = { address_line1: 'Unter den Linden 1', city: 'Berlin', zipcode: '10117', country: 'DE' } as const;

describe('what the sample host only estimates', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await stockCalls(host);
    await plan(host, 'premium', { amount_cents: 120_000, pay_in_advance: true });
    await host.stock('one', 10_000);
    await host.stock('other', 10_000);
  });
  afterEach(async () => {
    // an estimate is of interest to nobody but who asks
    expect(host.simulator.books.transactions()).toEqual([]);
    expect(host.simulator.books.customers()).toEqual([]);
    expect((await host.admin('GET', 'records')).body.records).toEqual([]);
    const asked = host.simulator.calls.all().map(({ operation }) => operation);
    expect(new Set([...asked, 'transactions.createEphemeral']).size).toBe(1);
    await host.close();
  });

  const mapAll = () => host.map({ itemType: 'fallback', productExternalId: 'saas-business' });
  const fees = async (subscription = 'alone') => {
    const event = { code: 'calls', external_subscription_id: subscription, properties: { count: 100 } };
    return (await host.lago.events.eventEstimateFees({ event })).data.fees;
  };
  const preview = async (customer: InvoicePreviewInput['customer'] = { external_id: 'acme' }) =>
    (await host.lago.invoices.invoicePreview({ customer, plan_code: 'premium' })).data.invoice;
  const estimate = async () => {
    const { url } = host;
    const answer = await fetch(`${url}/api/v1/invoices/estimate`, {
      method: 'POST',
      headers: { authorization: 'Bearer test_key', 'content-type': 'application/json' },
      body: JSON.stringify({
        invoice: {
          external_customer_id: 'acme',
          fees: [
            { add_on_code: 'one', unit_amount_cents: 10_000 },
            { add_on_code: 'one', unit_amount_cents: 20_000 },
            { add_on_code: 'other', unit_amount_cents: 10_000 },
          ],
        },
      }),
    });
    if (!answer.ok) throw Object.assign(answer, { error: await answer.json() });
    return ((await answer.json()) as { invoice: Awaited<ReturnType<typeof preview>> }).invoice;
  };
  const bodies = () => host.simulator.calls.of('transactions.createEphemeral').map(({ body }) => body);

  it('of the fees of an event, has Anrok’s tax', async () => {
    await mapAll();
    for (const subscription of ['alone', 'invoiced'])
      expect(await fees(subscription)).toMatchObject([
        { amount_cents: 5_000, taxes_amount_cents: 241, total_amount_cents: 5_241, applied_taxes: expect.anything() },
      ]);
  });

  it('of a one-off invoice, has it line by line, also of one add-on twice', async () => {
    await mapAll();
    const invoice = await estimate();
    expect(invoice.fees?.map((fee) => fee.taxes_amount_cents)).toEqual([481, 962, 481]);
    expect(invoice).toMatchObject({ taxes_amount_cents: 1_924, total_amount_cents: 41_924 });
    expect(bodies()).toHaveLength(1);
  });

  it('of an invoice to come, has it for a customer that is there, and elsewhere', async () => {
    await mapAll();
    expect(await preview()).toMatchObject({ fees_amount_cents: 65_806, taxes_amount_cents: 3_165 });
    const moved = await preview({ external_id: 'acme', ...BERLIN });
    expect(moved.taxes_amount_cents).toBe(Math.floor((65_806 * 19 + 50) / 100));
    expect(bodies()).toMatchObject([{ customerId: 'acme' }, { customerAddress: { country: 'DE' } }]);
  });

  it('of an invoice to come, has it for somebody who is nobody yet, over the connection that is named', async () => {
    await mapAll();
    const integration_customers = [{ integration_type: 'anrok' as const, integration_code: 'anrok' }];
    const prospect = { name: 'Prospect', currency: 'USD' as const, ...DENVER };
    expect(await preview({ ...prospect, integration_customers })).toMatchObject({ taxes_amount_cents: 3_165 });
    expect(bodies()).toMatchObject([{ customerName: 'Prospect' }]);
    // without one, the flat rate of everybody else
    expect(await preview(prospect)).toMatchObject({ taxes_amount_cents: 6_581 });
    expect(bodies()).toHaveLength(1);
  });

  it('of an invoice to come, has the flat rate for a customer that would be linked no more', async () => {
    await mapAll();
    const untied = await preview({ external_id: 'acme', integration_customers: [] });
    expect(untied).toMatchObject({ taxes_amount_cents: 6_581, customer: { external_id: 'acme' } });
    expect(bodies()).toEqual([]);
    expect(await preview()).toMatchObject({ taxes_amount_cents: 3_165 });
  });

  it('of an invoice to come, is refused over a connection that is not there', async () => {
    for (const tie of [
      [{ integration_type: 'anrok', integration_code: 'gone' }, 'integration_not_found'],
      [{ integration_type: 'avalara', integration_code: 'anrok' }, 'value_is_invalid'],
    ] as const)
      expect(await refusalOf(preview({ name: 'Prospect', integration_customers: [tie[0]] as never }))).toMatchObject({
        status: 422,
        error_details: { integration_customers: [tie[1]] },
      });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['without a product', async () => {}, 'item_not_mapped'],
    [
      'without an address',
      async () => {
        await mapAll();
        await host.lago.customers.createCustomer({ customer: { external_id: 'acme', country: null } as never });
      },
      'customer_address_unusable',
    ],
    [
      'while Anrok is down',
      async () => {
        await mapAll();
        host.simulator.faults.always('any', DOWN);
      },
      'anrok_server_error',
    ],
  ])('is an error with its reason and remedy %s, never zero', async (_, breaks, code) => {
    await breaks();
    for (const asked of [fees, () => fees('invoiced'), preview, estimate])
      expect(await refusalOf(asked())).toMatchObject({
        status: 422,
        error_details: { tax_error: [expect.stringMatching(`^${code}: `)], remedy: [expect.stringMatching(/\w.*\.$/)] },
      });
  });

  it('costs nothing where nothing is owed', async () => {
    expect((await call(host, 'zero', { count: 0 })).transaction_id).toBe('zero');
    expect(bodies()).toEqual([]);
  });
});
