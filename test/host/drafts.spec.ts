import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

const DAY = 86_400_000;
const NEW_YORK = {
  address_line1: '350 5th Ave',
  city: 'New York',
  state: 'NY',
  zipcode: '10118',
  country: 'US',
} as const;

describe('a draft of a customer that Anrok taxes', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    // March the 15th: a month in arrears with usage, three days of grace
    await host.customer('acme', { ...DENVER, billing_configuration: { invoice_grace_period: 3 } });
    const metric = { code: 'requests', name: 'Requests', aggregation_type: 'count_agg' } as const;
    const { billable_metric } = (await host.lago.billableMetrics.createBillableMetric({ billable_metric: metric }))
      .data;
    const charge = {
      billable_metric_id: billable_metric.lago_id,
      charge_model: 'standard',
      properties: { amount: '5' },
    };
    const plan = {
      code: 'premium',
      name: 'Premium',
      interval: 'monthly',
      amount_cents: 10_000,
      amount_currency: 'USD',
      pay_in_advance: false,
      charges: [charge],
    };
    await host.lago.plans.createPlan({ plan: plan as never });
    const subscription = { external_customer_id: 'acme', external_id: 'sub', plan_code: 'premium' };
    await host.lago.subscriptions.createSubscription({
      subscription: { ...subscription, billing_time: 'anniversary' },
    });
    await use('first');
    await host.map({ itemType: 'subscription', productExternalId: 'saas-business' });
  });
  afterEach(() => host.close());

  type Invoice = Awaited<ReturnType<HostUnderTest['reload']>>;
  const use = (transaction_id: string) =>
    host.lago.events.createEvent({
      event: { transaction_id, external_subscription_id: 'sub', code: 'requests', properties: {} },
    });
  const mapRequests = () =>
    host.map({ itemType: 'billable_metric', itemId: 'requests', productExternalId: 'digital-goods' });
  /** Lets the month end, and bills it. */
  const drafted = async () => {
    host.clock.advance(31 * DAY);
    await host.bill();
    const { invoices } = (await host.lago.invoices.findAllInvoices()).data;
    return host.reload(invoices[0]!.lago_id);
  };
  const refresh = async ({ lago_id }: Invoice) => (await host.lago.invoices.refreshInvoice(lago_id)).data.invoice;
  const finalize = async ({ lago_id }: Invoice) => (await host.lago.invoices.finalizeInvoice(lago_id)).data.invoice;
  const detailOf = (invoice: Invoice) =>
    (invoice as { error_details?: { details: object }[] }).error_details?.[0]?.details;
  const notMapped = { tax_error: 'item_not_mapped', tax_error_message: expect.stringContaining('"requests"') };
  const records = async () => (await host.admin('GET', 'records')).body.records as object[];
  const expectNothingRecorded = async () => {
    expect(host.simulator.books.transactions()).toEqual([]);
    expect(host.simulator.calls.of('transactions.createOrUpdate')).toEqual([]);
    expect(await records()).toEqual([]);
  };
  const expectRecordedOnce = async (draft: Invoice, issuingDate: string) => {
    await host.work();
    const invoice = await host.reload(draft.lago_id);
    const [booked, ...others] = host.simulator.books.transactions();
    expect(others).toEqual([]);
    expect(booked).toMatchObject({ id: `host:invoice:${draft.lago_id}`, version: 1, accountingDate: issuingDate });
    expect(invoice).toMatchObject({
      status: 'finalized',
      number: draft.number,
      issuing_date: issuingDate,
      taxes_amount_cents: booked?.taxAmountToCollect,
      error_details: [],
    });
    expect(await host.work()).toBe(0);
    return invoice;
  };

  it('has the tax that Anrok would take, which records nothing', async () => {
    await mapRequests();
    const draft = await drafted();
    expect(draft).toMatchObject({
      status: 'draft',
      issuing_date: '2026-04-18',
      fees_amount_cents: 10_500,
      // Denver alone taxes software as a service; goods are Colorado's too
      taxes_amount_cents: 481 + 24 + 15,
      fees: [{ taxes_amount_cents: 481 }, { taxes_amount_cents: 39 }],
    });
    expect(host.simulator.calls.of('transactions.createEphemeral')).toHaveLength(1);
    expect(await host.work()).toBe(0);
    await expectNothingRecorded();
  });

  it('says which item is mapped to nothing, and is healed by a refresh once it is', async () => {
    const draft = await drafted();
    expect(draft).toMatchObject({ status: 'draft', taxes_amount_cents: 0, applied_taxes: [] });
    expect(detailOf(draft)).toMatchObject(notMapped);
    expect(await (await fetch(host.url)).text()).toContain('billable_metric &#34;requests&#34;');
    await mapRequests();
    await use('late');
    expect(await refresh(draft)).toMatchObject({ status: 'draft', error_details: [], number: draft.number });
    await expectNothingRecorded();
  });

  it('survives that Anrok is down', async () => {
    await mapRequests();
    host.simulator.faults.always('any', { kind: 'status', status: 503 });
    const draft = await drafted();
    expect(draft).toMatchObject({ status: 'draft', fees_amount_cents: 10_500, taxes_amount_cents: 0 });
    expect(detailOf(draft)).toMatchObject({ tax_error: 'anrok_server_error' });
    host.simulator.faults.clear();
    expect(await refresh(draft)).toMatchObject({ taxes_amount_cents: 520, error_details: [] });
  });

  it('is taxed where its customer is when it is refreshed', async () => {
    await mapRequests();
    const draft = await drafted();
    await host.customer('acme', NEW_YORK);
    const moved = await refresh(draft);
    expect(moved.applied_taxes?.map((tax) => tax.tax_name)).toContain('New York City Tax');
    await expectNothingRecorded();
  });

  it('is recorded once when its days are over, with its number and the date that it was to have', async () => {
    await mapRequests();
    const draft = await drafted();
    await use('too late, in the next month');
    host.clock.advance(3 * DAY);
    expect(await host.bill()).toMatchObject({ finalized: [draft.number], failed: [] });
    expect(await host.reload(draft.lago_id)).toMatchObject({ status: 'pending', taxes_amount_cents: 0 });
    await expectRecordedOnce(draft, '2026-04-18');
    expect(await host.bill()).toMatchObject({ issued: [], drafted: [], finalized: [] });
    expect(await host.work()).toBe(0);
  });

  it('is issued when somebody asks for it, on that day, however late its tax comes', async () => {
    await mapRequests();
    const draft = await drafted();
    const pending = await finalize(draft);
    expect(pending).toMatchObject({ status: 'pending', issuing_date: '2026-04-15', number: draft.number });
    host.clock.advance(2 * DAY);
    await expectRecordedOnce(draft, '2026-04-15');
  });

  it('with an error is issued all the same, fails, and is recorded once when its cause is mended', async () => {
    const draft = await drafted();
    expect(detailOf(draft)).toMatchObject(notMapped);
    const pending = await finalize(draft);
    expect(pending).toMatchObject({ status: 'pending', number: draft.number, issuing_date: '2026-04-15' });
    await host.work();
    const failed = await host.reload(draft.lago_id);
    expect(failed).toMatchObject({ status: 'failed', taxes_amount_cents: 0, number: draft.number });
    expect(detailOf(failed)).toMatchObject({ ...notMapped, next: 'waiting' });
    host.clock.advance(5 * DAY);
    await mapRequests();
    await expectRecordedOnce(draft, '2026-04-15');
  });

  it('is nobody’s draft any more once it is issued', async () => {
    await mapRequests();
    const draft = await drafted();
    const held = host.simulator.faults.hold('transactions.createEphemeral');
    const refreshing = refresh(draft);
    await held.arrived;
    await finalize(draft);
    await host.work();
    held.release();
    expect(await refreshing).toMatchObject({ status: 'finalized', taxes_amount_cents: 520 });
    await expect(refresh(draft)).rejects.toMatchObject({ status: 405 });
    await expectRecordedOnce(draft, '2026-04-15');
  });

  it('comes after usage whose tax Anrok was asked for, which records nothing either', async () => {
    const usage = async () =>
      (await host.lago.customers.findCustomerCurrentUsage('acme', { external_subscription_id: 'sub' })).data
        .customer_usage;
    await expect(usage()).rejects.toMatchObject({
      status: 422,
      error: { error_details: { tax_error: [expect.stringMatching(/^item_not_mapped: /)] } },
    });
    await mapRequests();
    expect(await usage()).toMatchObject({ amount_cents: 500, taxes_amount_cents: 39, total_amount_cents: 539 });
    expect(host.simulator.calls.of('transactions.createEphemeral')).toHaveLength(1);
    await expectNothingRecorded();
  });
});
