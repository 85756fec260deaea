import { startHost, type TestHost, type TestHostOptions } from './host.starter.js';
import { stock } from './invoicing.js';
import { ScriptedTaxStrategy } from './scripted.tax-strategy.js';
import { charge, measure, plan, subscribe } from './subscribing.js';

type Caller = Pick<TestHost, 'lago'>;

/** A host where what `stockCalls` says holds. */
export async function startCharging(options: TestHostOptions = {}) {
  const strategy = new ScriptedTaxStrategy();
  const host = await startHost({ strategies: [strategy], ...options });
  await stock(host);
  await stockCalls(host);
  return { host, strategy };
}

/**
 * Customer `acme` pays USD 0.50 at once for each of its `calls`, by fees that stand alone (subscription `alone`) or come
 * on invoices (`invoiced`), and USD 0.002 for each of its `requests` when the month is over.
 */
export async function stockCalls(host: Caller): Promise<void> {
  const [calls, requests] = [await measure(host, 'calls'), await measure(host)];
  const atOnce = { pay_in_advance: true, properties: { amount: '0.5' } };
  await plan(host, 'alone', { charges: [charge(calls, { ...atOnce, invoiceable: false }), charge(requests)] });
  await plan(host, 'invoiced', { charges: [charge(calls, atOnce)] });
  await subscribe(host, 'alone');
  await subscribe(host, 'invoiced');
}

export interface Call {
  readonly subscription?: string;
  readonly code?: string;
  readonly count?: number | string;
  readonly timestamp?: string;
}

/** An event of metric `calls`, of one call of subscription `alone` unless told otherwise. */
export function aCall(
  transaction_id: string,
  { subscription = 'alone', code = 'calls', count = 1, timestamp }: Call = {},
) {
  const properties = { count };
  return { transaction_id, external_subscription_id: subscription, code, properties, ...(timestamp && { timestamp }) };
}

export async function call(host: Caller, ...given: Parameters<typeof aCall>) {
  return (await host.lago.events.createEvent({ event: aCall(...given) })).data.event;
}

/** The fees of an event. */
export async function feesOf(host: Caller, event_transaction_id: string) {
  const { fees } = (await host.lago.fees.findAllFees({ event_transaction_id })).data;
  return fees;
}
