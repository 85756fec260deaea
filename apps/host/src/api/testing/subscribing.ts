import type { PlanCreateInput, SubscriptionCreateInput } from 'lago-javascript-client';
import { BillingRunService } from '../../billing/index.js';
import type { TestHost } from './host.starter.js';

type Caller = Pick<TestHost, 'lago'>;
type PlanFields = Partial<PlanCreateInput['plan']>;
type SubscriptionFields = Partial<SubscriptionCreateInput['subscription']>;

/** Metric `requests`, which adds up the property `count` of its events. */
export async function measure(host: Caller, code = 'requests') {
  const billable_metric = { code, name: code, aggregation_type: 'sum_agg' as const, field_name: 'count' };
  return (await host.lago.billableMetrics.createBillableMetric({ billable_metric })).data.billable_metric;
}

/** Plan over USD 30.00 a month in arrears, unless the fields say otherwise. */
export async function plan(host: Caller, code: string, fields: PlanFields = {}) {
  const { data } = await host.lago.plans.createPlan({
    plan: {
      code,
      name: code,
      interval: 'monthly',
      amount_cents: 3_000,
      amount_currency: 'USD',
      pay_in_advance: false,
      ...fields,
    },
  });
  return data.plan;
}

/** A price of 0.002 major units for each of what a metric measures. */
export function charge({ lago_id }: { lago_id: string }, fields: object = {}) {
  return {
    billable_metric_id: lago_id,
    charge_model: 'standard' as const,
    properties: { amount: '0.002' },
    ...fields,
  };
}

/** Customer `acme` subscribes to a plan, under the plan's code. */
export async function subscribe(host: Caller, plan_code: string, fields: SubscriptionFields = {}) {
  const { data } = await host.lago.subscriptions.createSubscription({
    subscription: { external_customer_id: 'acme', plan_code, external_id: plan_code, ...fields },
  });
  return data.subscription;
}

/** An event of metric `requests`. */
export async function use(host: TestHost, subscription: string, timestamp: string, count: number | string) {
  const event = {
    transaction_id: `${timestamp} ${count}`,
    external_subscription_id: subscription,
    code: 'requests',
    timestamp,
    properties: { count },
  };
  return (await host.lago.events.createEvent({ event })).data.event;
}

/** Lets the host bill what is due, up to a day or up to today. */
export function bill(host: TestHost, day?: string) {
  return host.app.get(BillingRunService, { strict: false }).run(day);
}

/** All invoices of a customer with their fees, oldest first. */
export async function invoicesOf(host: TestHost, external_customer_id = 'acme') {
  const { invoices } = (await host.lago.invoices.findAllInvoices({ external_customer_id })).data;
  const ids = invoices.toSorted((a, b) => a.sequential_id! - b.sequential_id!).map(({ lago_id }) => lago_id);
  return Promise.all(ids.map(async (id) => (await host.lago.invoices.findInvoice(id)).data.invoice));
}
