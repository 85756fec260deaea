import { setTimeout } from 'node:timers/promises';
import type { AnrokSimulator } from '@anrok-nest/simulator';
import { ADD_ONS, CALL_PRICE, CALLS, CUSTOMERS, METRIC, PLAN, SUBSCRIBER } from './demo-story.js';
import { type HostCall, hostCaller } from './host-caller.js';

export interface DemoOptions {
  /** Of the host. */
  readonly url: string;
  readonly apiKey: string;
  readonly simulator: AnrokSimulator;
  /** Bills what is due. */
  readonly bill: () => Promise<unknown>;
}

interface ListedInvoices {
  readonly invoices: readonly { readonly customer: { readonly external_id: string } }[];
}

/**
 * Sells something to every customer of the story, over the host's own API, bills the one that subscribes, and waits
 * until every invoice knows its tax or why it has none. Run again on the data that it left, it sells nothing twice.
 */
export async function runDemo({ url, apiKey, simulator, bill }: DemoOptions): Promise<void> {
  const call = hostCaller(url, apiKey);
  const { invoices: present } = await call<ListedInvoices>('GET', '/api/v1/invoices?per_page=100');
  const served = new Set(present.map((invoice) => invoice.customer.external_id));
  const customers = CUSTOMERS.filter((customer) => !served.has(customer.external_id));
  if (customers.length > 0) await prepare(call);

  for (const { linked, exemptIn, buys, ...customer } of customers) {
    const integration_customers = linked ? [ANROK] : [];
    await call('POST', '/api/v1/customers', { customer: { ...customer, integration_customers } });
    if (exemptIn) await exempt(simulator, customer, exemptIn);
    const fees = buys.map((fee) => ({ ...fee, unit_amount_cents: PRICES.get(fee.add_on_code) }));
    const invoice = { external_customer_id: customer.external_id, currency: customer.currency, fees };
    await call('POST', '/api/v1/invoices', { invoice });
  }
  if (!served.has(SUBSCRIBER.external_id)) await subscribe(call);
  await bill();
  await settled(call);
}

const ANROK = { integration_type: 'anrok', integration_code: 'anrok', sync_with_provider: true };

const PRICES = new Map<string, number>(ADD_ONS.map((addOn) => [addOn.code, addOn.amount_cents]));

async function prepare(call: HostCall): Promise<void> {
  for (const { product, ...addOn } of ADD_ONS) {
    await call('POST', '/api/v1/add_ons', { add_on: { ...addOn, amount_currency: 'USD' } }, [422]);
    const mapping = { itemType: 'add_on', itemId: addOn.code, productExternalId: product };
    if (product) await call('PUT', '/anrok/api/connections/anrok/mappings', mapping);
  }
}

/** Somebody has used something for a week, which is over today. */
async function subscribe(call: HostCall): Promise<void> {
  const customer = { ...SUBSCRIBER, integration_customers: [ANROK] };
  await call('POST', '/api/v1/customers', { customer });
  await call('POST', '/api/v1/billable_metrics', { billable_metric: METRIC }, [422]);
  const { billable_metric } = await call<{ billable_metric: { lago_id: string } }>(
    'GET',
    `/api/v1/billable_metrics/${METRIC.code}`,
  );
  const charge = { billable_metric_id: billable_metric.lago_id, charge_model: 'standard' };
  const charges = [{ ...charge, properties: { amount: CALL_PRICE } }];
  await call('POST', '/api/v1/plans', { plan: { ...PLAN, charges } }, [422]);
  for (const item of [{ itemType: 'subscription' }, { itemType: 'billable_metric', itemId: METRIC.code }])
    await call('PUT', '/anrok/api/connections/anrok/mappings', { ...item, productExternalId: 'saas-business' });

  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const of = { external_id: SUBSCRIBER.external_id, external_customer_id: SUBSCRIBER.external_id };
  const subscription = { ...of, plan_code: PLAN.code, billing_time: 'anniversary', subscription_at: daysAgo(7) };
  await call('POST', '/api/v1/subscriptions', { subscription });
  const events = CALLS.map((calls, day) => ({
    transaction_id: `day-${day}`,
    external_subscription_id: SUBSCRIBER.external_id,
    code: METRIC.code,
    timestamp: daysAgo(5 - day),
    properties: { calls },
  }));
  // who was interrupted here has recorded them already, at other times
  await call('POST', '/api/v1/events/batch', { events }, [422]);
}

/** As somebody at Anrok would who files the customer's certificate. */
async function exempt(simulator: AnrokSimulator, customer: { external_id: string; name: string }, jurisId: string) {
  const answer = await fetch(`${simulator.url}/v1/seller/certificates/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${simulator.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      customerId: customer.external_id,
      customerName: customer.name,
      effectiveDateBegin: '2020-01-01',
      certificateFile: { name: 'certificate.pdf', contentsBase64: Buffer.from('%PDF-1.4').toString('base64') },
      jurises: [{ jurisId }],
    }),
  });
  if (!answer.ok) throw new Error(`The simulator refused the certificate: ${await answer.text()}`);
}

const PATIENCE_MS = 15_000;

/** The tax comes a moment after the invoice: waits until no invoice waits for it any more. */
async function settled(call: HostCall): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await setTimeout(50)) {
    const { invoices } = await call<ListedInvoices>('GET', '/api/v1/invoices?per_page=100&status=pending');
    if (invoices.length === 0) return;
  }
}
