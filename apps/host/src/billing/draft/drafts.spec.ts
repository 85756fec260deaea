import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import { type Drafting, NO_DRAFT, startDrafting } from '../../api/testing/drafting.js';
import { startHost } from '../../api/testing/host.starter.js';
import { invoice, reload, stock } from '../../api/testing/invoicing.js';
import { refusalOf } from '../../api/testing/lago-refusal.js';
import { bill, invoicesOf, plan, subscribe } from '../../api/testing/subscribing.js';
import { Invoice } from '../invoice/invoice.entity.js';

describe('a draft', () => {
  let on: Drafting;
  beforeEach(async () => {
    on = await startDrafting();
  });
  afterEach(() => on.host.close());
  const reason = { error_code: 'tax_error', details: { tax_error: 'address_not_found', next: 'failed' } };

  it('is what a customer with a grace period gets first, with the tax that it would have', async () => {
    const draft = await on.drafted();
    expect(draft).toMatchObject({
      status: 'draft',
      invoice_type: 'subscription',
      payment_status: 'pending',
      number: 'INV-2026-000001',
      issuing_date: '2026-04-04',
      expected_finalization_date: '2026-04-04',
      payment_due_date: '2026-04-14',
      fees_amount_cents: 3_200,
      taxes_amount_cents: 320,
      total_amount_cents: 3_520,
      error_details: [],
      applied_taxes: [{ amount_cents: 320 }],
      fees: [{ taxes_amount_cents: 300 }, { taxes_amount_cents: 20, units: '1000' }],
    });
    expect(on.strategy.settled).toEqual([]);
    expect(on.strategy.estimated).toMatchObject([{ kind: 'invoice', id: draft.lago_id, accountingDate: '2026-04-04' }]);
  });

  it('is estimated outside of any transaction', async () => {
    const open: boolean[] = [];
    on.strategy.beforeEstimate = async () => {
      open.push(on.host.app.get(EntityManager).isInTransaction());
    };
    await on.refresh(await on.drafted());
    expect(open).toEqual([false, false]);
  });

  it('has the days of the host for customers without days of their own', async () => {
    const host = await startHost({ invoiceGracePeriod: 5 });
    await stock(host);
    await plan(host, 'monthly');
    host.clock.set('2026-03-01T00:00:00Z');
    await subscribe(host, 'monthly');
    const customer = { external_id: 'hasty', billing_configuration: { invoice_grace_period: 0 } };
    await host.lago.customers.createCustomer({ customer });
    await subscribe(host, 'monthly', { external_id: 'hasty', external_customer_id: 'hasty' });
    host.clock.set('2026-04-01T00:00:00Z');
    await bill(host);
    expect(await invoicesOf(host)).toMatchObject([{ status: 'draft', expected_finalization_date: '2026-04-06' }]);
    expect(await invoicesOf(host, 'hasty')).toMatchObject([{ status: 'finalized', issuing_date: '2026-04-01' }]);
    await host.close();
  });

  it('takes up what was used late when it is refreshed, with its tax', async () => {
    const draft = await on.drafted();
    await on.useMore();
    const refreshed = await on.refresh(draft);
    expect(refreshed).toMatchObject({
      lago_id: draft.lago_id,
      number: draft.number,
      status: 'draft',
      issuing_date: draft.issuing_date,
      fees_amount_cents: 3_600,
      taxes_amount_cents: 360,
      fees: [{ amount_cents: 3_000 }, { amount_cents: 600, units: '3000', taxes_amount_cents: 60 }],
      billing_periods: [{ external_subscription_id: 'monthly' }],
    });
    expect(await reload(on.host, draft)).toEqual(refreshed);
    expect(on.strategy.settled).toEqual([]);
  });

  it('takes up what the plan costs now', async () => {
    const draft = await on.drafted();
    await on.host.lago.plans.updatePlan('monthly', { plan: { amount_cents: 5_000 } });
    expect(await on.refresh(draft)).toMatchObject({ fees_amount_cents: 5_200, taxes_amount_cents: 520 });
  });

  it('says why it has no tax, and has it when it is refreshed after that is mended', async () => {
    on.strategy.refusesToEstimate();
    const draft = await on.drafted();
    expect(draft).toMatchObject({
      status: 'draft',
      taxes_amount_cents: 0,
      total_amount_cents: 0,
      error_details: [reason],
    });
    expect(await on.refresh(draft)).toMatchObject({ status: 'draft', error_details: [reason] });
    on.strategy.estimates();
    expect(await on.refresh(draft)).toMatchObject({ taxes_amount_cents: 320, error_details: [] });
    on.strategy.refusesToEstimate();
    await on.useMore();
    // the tax of what it was before is none of what it is now
    expect(await on.refresh(draft)).toMatchObject({
      fees_amount_cents: 3_600,
      taxes_amount_cents: 0,
      applied_taxes: [],
    });
    const stored = await on.host.inContext((em) => em.findOneOrFail(Invoice, { id: draft.lago_id }));
    expect(stored).toMatchObject({ taxesAmountCents: null, totalAmountCents: null, taxStrategy: null });
  });

  it('is asked for again by every run until it has its tax', async () => {
    on.strategy.refusesToEstimate();
    const draft = await on.drafted();
    on.strategy.estimates();
    await bill(on.host);
    expect(await reload(on.host, draft)).toMatchObject({ taxes_amount_cents: 320, error_details: [] });
    on.strategy.estimated.length = 0;
    await bill(on.host);
    expect(on.strategy.estimated).toEqual([]);
  });

  it('is not lost to a defect of the strategy', async () => {
    const draft = await on.drafted();
    on.strategy.beforeEstimate = async () => {
      throw new TypeError('a secret that nobody may see');
    };
    expect(await refusalOf(on.refresh(draft))).toEqual({ status: 500, error: 'Internal Server Error' });
    expect(await reload(on.host, draft)).toMatchObject({
      status: 'draft',
      fees_amount_cents: 3_200,
      error_details: [{ details: { tax_error: 'estimate_failed' } }],
    });
    expect((await bill(on.host)).failed).toEqual([draft.number]);
    on.strategy.estimates();
    expect(await bill(on.host)).toMatchObject({ failed: [] });
    expect(await reload(on.host, draft)).toMatchObject({ taxes_amount_cents: 320, error_details: [] });
  });

  it('issues itself when its days are over, with the last of its usage, under its number', async () => {
    on.strategy.settles();
    const draft = await on.drafted();
    on.host.clock.set('2026-04-03T23:59:59Z');
    expect(await bill(on.host)).toMatchObject({ finalized: [] });
    await on.useMore();
    on.host.clock.set('2026-04-04T00:00:00Z');
    expect(await bill(on.host)).toMatchObject({ finalized: [draft.number], failed: [] });
    expect(await reload(on.host, draft)).toMatchObject({
      status: 'finalized',
      number: draft.number,
      issuing_date: '2026-04-04',
      payment_due_date: '2026-04-14',
      fees_amount_cents: 3_600,
      taxes_amount_cents: 360,
      total_amount_cents: 3_960,
    });
    expect(on.strategy.settled).toMatchObject([{ id: draft.lago_id, accountingDate: '2026-04-04' }]);
    expect(await bill(on.host)).toMatchObject({ issued: [], drafted: [], finalized: [] });
  });

  it('is issued on the day on which somebody asks for it, whatever comes of its tax later', async () => {
    const draft = await on.drafted();
    on.host.clock.set('2026-04-02T00:00:00Z');
    const pending = await on.finalize(draft);
    expect(pending).toMatchObject({
      status: 'pending',
      number: draft.number,
      issuing_date: '2026-04-02',
      payment_due_date: '2026-04-12',
      taxes_amount_cents: 0,
      applied_taxes: [],
    });
    expect(on.strategy.settled).toMatchObject([{ accountingDate: '2026-04-02' }]);
    on.host.clock.set('2026-04-20T00:00:00Z');
    expect(await bill(on.host)).toMatchObject({ finalized: [] });
    expect(await reload(on.host, draft)).toEqual({ ...pending, subscriptions: expect.anything() });
  });

  it('with an error is issued all the same, fails when it persists, and is tried again under its number and date', async () => {
    on.strategy.refusesToEstimate();
    const draft = await on.drafted();
    on.strategy.refuses();
    const failed = await on.finalize(draft);
    expect(failed).toMatchObject({ status: 'failed', number: draft.number, error_details: [reason] });
    on.host.clock.set('2026-04-09T00:00:00Z');
    on.strategy.estimates();
    on.strategy.settles();
    const { data } = await on.host.lago.invoices.retryInvoice(draft.lago_id);
    expect(data.invoice).toMatchObject({
      status: 'finalized',
      number: draft.number,
      issuing_date: failed.issuing_date,
      taxes_amount_cents: 320,
      error_details: [],
    });
  });

  it('with an error shows it no more once it is issued and its tax is on its way', async () => {
    on.strategy.refusesToEstimate();
    const draft = await on.drafted();
    expect(await on.finalize(draft)).toMatchObject({ status: 'pending', error_details: [] });
  });

  it('over nothing, because something may still be used, is issued without anybody being asked', async () => {
    await plan(on.host, 'usage-only', { amount_cents: 0 });
    const customer = { external_id: 'idle', billing_configuration: { invoice_grace_period: 1 } };
    await on.host.lago.customers.createCustomer({ customer });
    on.host.clock.set('2026-05-01T00:00:00Z');
    await subscribe(on.host, 'usage-only', { external_customer_id: 'idle' });
    on.host.clock.set('2026-06-01T00:00:00Z');
    await bill(on.host);
    const [draft] = await invoicesOf(on.host, 'idle');
    expect(draft).toMatchObject({ status: 'draft', fees: [] });
    on.strategy.settled.length = 0;
    expect(await on.finalize(draft!)).toMatchObject({ status: 'finalized', total_amount_cents: 0 });
    expect(on.strategy.settled).toEqual([]);
  });

  it('is no invoice over things sold once, which is issued when it is made', async () => {
    const issued = await invoice(on.host);
    expect(issued).toMatchObject({ status: 'pending', expected_finalization_date: null });
    expect(await refusalOf(on.refresh(issued))).toMatchObject(NO_DRAFT);
  });

  it.each(['nonsense', '00000000-0000-0000-0000-000000000000'])('is not found by the id %s', async (lago_id) => {
    const notFound = { status: 404, code: 'invoice_not_found' };
    expect(await refusalOf(on.host.lago.invoices.refreshInvoice(lago_id))).toMatchObject(notFound);
    expect(await refusalOf(on.host.lago.invoices.finalizeInvoice(lago_id))).toMatchObject(notFound);
  });
});
