import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bookedOf, NEW_YORK, problemOf } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const DAY = 86_400_000;

describe('subscriptions, their usage and their drafts', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', { ...DENVER, billing_configuration: { invoice_grace_period: 3 } });
    const metric = { code: 'requests', name: 'Requests', aggregation_type: 'count_agg' } as const;
    const { billable_metric } = (await host.lago.billableMetrics.createBillableMetric({ billable_metric: metric }))
      .data;
    const of = { billable_metric_id: billable_metric.lago_id, properties: { amount: '5' } };
    await plan('arrears', { charges: [{ ...of, charge_model: 'standard' }] });
    await plan('ahead', { pay_in_advance: true });
  });
  afterEach(() => host.close());

  const plan = (code: string, fields: object) =>
    host.lago.plans.createPlan({
      plan: {
        code,
        name: code,
        interval: 'monthly',
        amount_cents: 10_000,
        amount_currency: 'USD',
        pay_in_advance: false,
        ...fields,
      } as never,
    });
  const subscribe = (plan_code: string) =>
    host.lago.subscriptions.createSubscription({
      subscription: { external_customer_id: 'acme', external_id: plan_code, plan_code, billing_time: 'anniversary' },
    });
  const use = (transaction_id: string) =>
    host.lago.events.createEvent({
      event: { transaction_id, external_subscription_id: 'arrears', code: 'requests', properties: {} },
    });
  const usage = async () =>
    (await host.lago.customers.findCustomerCurrentUsage('acme', { external_subscription_id: 'arrears' })).data
      .customer_usage;
  const asked = () => host.simulator.calls.of('transactions.createEphemeral').length;
  const mapAll = () => host.map({ itemType: 'fallback', productExternalId: 'digital-goods' });
  const invoices = async () => {
    const { data } = await host.lago.invoices.findAllInvoices();
    return Promise.all(data.invoices.map(({ lago_id }) => host.reload(lago_id)));
  };
  /** The draft over a month and a request. */
  const drafted = async () => {
    await subscribe('arrears');
    await use('first');
    host.clock.advance(31 * DAY);
    await host.bill();
    return (await invoices())[0]!;
  };
  const finalize = ({ lago_id }: { lago_id: string }) => host.lago.invoices.finalizeInvoice(lago_id);

  it('D4: current usage asks Anrok once a day, and is right as it grows', async () => {
    await mapAll();
    await subscribe('arrears');
    for (const event of ['a', 'b', 'c']) {
      await use(event);
      await usage();
    }
    expect(await usage()).toMatchObject({ amount_cents: 1_500, taxes_amount_cents: 116 });
    expect(asked()).toBe(1);
    host.clock.advance(DAY);
    await usage();
    expect(asked()).toBe(2);
    expect(host.simulator.books.transactions()).toEqual([]);
  });

  it('D36: usage that could not be taxed is as soon as its cause is gone, whatever it was', async () => {
    await subscribe('arrears');
    await use('first');
    const reasons = async () =>
      usage().then(
        () => [],
        (answer: { error: { error_details: { tax_error: string[] } } }) => answer.error.error_details.tax_error,
      );
    await host.customer('acme', { state: '', zipcode: '' });
    expect(await reasons()).toEqual([expect.stringMatching(/item_not_mapped|customer_address_unusable/)]);
    await mapAll();
    expect(await reasons()).toEqual([expect.stringContaining('customer_address_unusable')]);
    await host.customer('acme', DENVER);
    await host.admin('PATCH', 'connections/anrok', { apiKey: 'sandbox/key1/secret.wrong', testKey: false });
    expect(await reasons()).toEqual([expect.stringContaining('anrok_unauthorized')]);
    await host.admin('PATCH', 'connections/anrok', { apiKey: host.simulator.apiKey });
    expect(await reasons()).toEqual([]);
  });

  it('D10: a draft with a tax error can be refreshed, and finalized', async () => {
    const draft = await drafted();
    expect(problemOf(draft)).toMatchObject({ tax_error: 'item_not_mapped' });
    await expect(host.lago.invoices.retryInvoice(draft.lago_id)).rejects.toMatchObject({ status: 405 });
    const { data } = await host.lago.invoices.refreshInvoice(draft.lago_id);
    expect(data.invoice).toMatchObject({ status: 'draft' });
    await finalize(draft);
    await host.work();
    expect(await host.reload(draft.lago_id)).toMatchObject({ status: 'failed' });
    await mapAll();
    await host.work();
    expect(await host.reload(draft.lago_id)).toMatchObject({ status: 'finalized', error_details: [] });
  });

  it('D17: a draft that is finalized has the same date in the host and at Anrok', async () => {
    await mapAll();
    const draft = await drafted();
    await finalize(draft);
    host.clock.advance(2 * DAY);
    await host.work();
    const invoice = await host.reload(draft.lago_id);
    expect(invoice.status).toBe('finalized');
    expect(bookedOf(host, invoice)?.accountingDate).toBe(invoice.issuing_date);
  });

  it('D32: a draft that is refreshed while Anrok computes has the tax of what it became', async () => {
    await mapAll();
    const draft = await drafted();
    const held = host.simulator.faults.hold('transactions.createEphemeral');
    const first = host.lago.invoices.refreshInvoice(draft.lago_id);
    await held.arrived;
    await host.customer('acme', NEW_YORK);
    await host.lago.invoices.refreshInvoice(draft.lago_id);
    held.release();
    await first;
    const moved = await host.reload(draft.lago_id);
    expect(moved).toMatchObject({ status: 'draft', error_details: [] });
    expect(moved.applied_taxes?.map((tax) => tax.tax_name)).toContain('New York City Tax');
    await finalize(draft);
    await host.work();
    expect(await host.reload(draft.lago_id)).toMatchObject({
      status: 'finalized',
      taxes_amount_cents: moved.taxes_amount_cents,
    });
  });

  it('D34: a subscription whose invoice in advance failed can be terminated, and the invoice still be mended', async () => {
    await host.customer('acme', { billing_configuration: { invoice_grace_period: 0 } });
    await subscribe('ahead');
    await host.bill();
    await host.work();
    const [failed] = await invoices();
    expect(failed).toMatchObject({ status: 'failed', invoice_type: 'subscription' });
    const { data } = await host.lago.subscriptions.destroySubscription('ahead');
    expect(data.subscription.status).toBe('terminated');
    await host.bill();
    await mapAll();
    await host.work();
    expect(await host.reload(failed!.lago_id)).toMatchObject({ status: 'finalized', error_details: [] });
  });
});
