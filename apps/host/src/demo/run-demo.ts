import { setTimeout } from 'node:timers/promises';
import type { AnrokSimulator } from '@anrok-nest/simulator';
import { ADD_ONS, CUSTOMERS } from './demo-story.js';
import { type HostCall, hostCaller } from './host-caller.js';

export interface DemoOptions {
  /** Of the host. */
  readonly url: string;
  readonly apiKey: string;
  readonly simulator: AnrokSimulator;
}

/**
 * Sells something to every customer of the story, over the host's own API, and waits until every invoice knows its
 * tax or why it has none. Run again on the data that it left, it sells nothing twice.
 */
export async function runDemo({ url, apiKey, simulator }: DemoOptions): Promise<void> {
  const call = hostCaller(url, apiKey);
  const { invoices: present } = await call('GET', '/api/v1/invoices?per_page=100');
  const served = new Set(present.map((invoice) => invoice.customer.external_id));
  const customers = CUSTOMERS.filter((customer) => !served.has(customer.external_id));
  if (customers.length > 0) await prepare(call);

  for (const { linked, exemptIn, buys, ...customer } of customers) {
    const integration_customers = linked
      ? [{ integration_type: 'anrok', integration_code: 'anrok', sync_with_provider: true }]
      : [];
    await call('POST', '/api/v1/customers', { customer: { ...customer, integration_customers } });
    if (exemptIn) await exempt(simulator, customer, exemptIn);
    const fees = buys.map((fee) => ({ ...fee, unit_amount_cents: PRICES.get(fee.add_on_code) }));
    const invoice = { external_customer_id: customer.external_id, currency: customer.currency, fees };
    await call('POST', '/api/v1/invoices', { invoice });
  }
  await settled(call);
}

const PRICES = new Map<string, number>(ADD_ONS.map((addOn) => [addOn.code, addOn.amount_cents]));

async function prepare(call: HostCall): Promise<void> {
  for (const { product, ...addOn } of ADD_ONS) {
    await call('POST', '/api/v1/add_ons', { add_on: { ...addOn, amount_currency: 'USD' } }, [422]);
    const mapping = { itemType: 'add_on', itemId: addOn.code, productExternalId: product };
    if (product) await call('PUT', '/anrok/api/connections/anrok/mappings', mapping);
  }
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
    const { invoices } = await call('GET', '/api/v1/invoices?per_page=100&status=pending');
    if (invoices.length === 0) return;
  }
}
