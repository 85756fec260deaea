import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from './testing/host.starter.js';
import { credit, creditOf, invoice, stock } from './testing/invoicing.js';
import { listenAt } from './testing/webhooks.js';
import { bill, charge, invoicesOf, measure, plan, subscribe, use } from './testing/subscribing.js';
import { REQUIRED } from './testing/required-properties.js';

describe('everything that the official client requires is there', () => {
  let shown: Record<keyof typeof REQUIRED, object | undefined>;
  let hosts: TestHost[];
  beforeAll(async () => {
    hosts = [await startHost(), await startHost({ strategies: [] })];
    const [host, withoutStrategy] = hosts as [TestHost, TestHost];
    await Promise.all(hosts.map(stock));
    const issued = await invoice(host);
    const fee = issued.fees?.[0];
    const estimating = { credit_note: await creditOf(host, issued) };
    const { data: estimate } = await host.lago.creditNotes.estimateCreditNote(estimating);
    const note = await credit(host, issued);
    const metric = await measure(host);
    const { lago_id: add_on_id } = (await host.lago.addOns.findAddOn('setup')).data.add_on;
    const subscribed = await plan(host, 'monthly', {
      minimum_commitment: { amount_cents: 1 },
      charges: [charge(metric)],
      fixed_charges: [{ add_on_id, charge_model: 'standard' }],
    });
    const subscription = await subscribe(host, 'monthly');
    const { data } = await host.lago.customers.findCustomerCurrentUsage('acme', {
      external_subscription_id: 'monthly',
    });
    const event = await use(host, 'monthly', '2026-03-15T12:00:00Z', 1);
    host.clock.set('2026-04-01T00:00:00Z');
    await bill(host);
    const [, billed] = await invoicesOf(host);
    const { wallet } = (
      await host.lago.wallets.createWallet({
        wallet: { external_customer_id: 'acme', rate_amount: '1', currency: 'USD' },
      })
    ).data;
    const { wallet_transactions: added } = (
      await host.lago.walletTransactions.createWalletTransaction({
        wallet_transaction: { wallet_id: wallet.lago_id, granted_credits: '1' },
      })
    ).data;
    shown = {
      add_on: (await host.lago.addOns.findAddOn('setup')).data.add_on,
      customer: (await host.lago.customers.findCustomer('acme')).data.customer,
      invoice: issued,
      fee,
      'item of a fee': fee?.item,
      'tax of a fee': fee?.applied_taxes?.[0],
      'tax of an invoice': issued.applied_taxes?.[0],
      'credit note': note,
      'item of a credit note': note.items?.[0],
      'tax of a credit note': note.applied_taxes?.[0],
      'estimate of a credit note': estimate.estimated_credit_note,
      'error detail': (await invoice(withoutStrategy)).error_details?.[0],
      webhook_endpoint: await listenAt(host, 'https://receiver.example'),
      'billable metric': metric,
      plan: subscribed,
      charge: subscribed.charges?.[0],
      'fixed charge': subscribed.fixed_charges?.[0],
      'minimum commitment': subscribed.minimum_commitment,
      subscription,
      event,
      'billing period': billed?.billing_periods?.[0],
      'current usage': data.customer_usage,
      'usage of a charge': data.customer_usage.charges_usage[0],
      wallet,
      'wallet transaction': added[0],
      'meta of a list': (await host.lago.invoices.findAllInvoices()).data.meta,
    };
  });
  afterAll(async () => {
    for (const host of hosts) await host.close();
  });

  it.each(Object.keys(REQUIRED) as (keyof typeof REQUIRED)[])('%s', (name) => {
    expect(Object.keys(shown[name] ?? {})).toEqual(expect.arrayContaining(REQUIRED[name]));
  });
});
