import { HostMigration } from './host.migration.js';

/** What is measured, sold by the period, subscribed to and used. */
export class Migration20261103000000_subscriptions extends HostMigration {
  override name = 'Migration20261103000000_subscriptions';

  override up(): void {
    const { id, ref, str, int, text, time, json, bool } = this.types();
    const named = `code ${str(255)} not null, name ${str(255)} not null, description ${text} null`;
    const changes = `created_at ${time} not null, updated_at ${time} not null`;

    this.addSql(`create table billing_billable_metric (
      id ${id} not null primary key, ${named}, aggregation ${str(20)} not null, field_name ${str(255)} null, ${changes})`);
    this.unique('billing_billable_metric', 'code');

    this.addSql(`create table billing_plan (
      id ${id} not null primary key, ${named}, invoice_display_name ${str(255)} null, interval ${str(20)} not null,
      amount_cents bigint not null, amount_currency ${str(3)} not null, pay_in_advance ${bool} not null,
      minimum_commitment_cents bigint null, minimum_commitment_display_name ${str(255)} null, ${changes})`);
    this.unique('billing_plan', 'code');

    this.addSql(`create table billing_charge (
      id ${id} not null primary key, ${ref('billing_charge', 'plan', 'cascade')},
      ${ref('billing_charge', 'billable_metric', 'restrict')}, position ${int} not null, amount ${str(64)} not null,
      pay_in_advance ${bool} not null, invoiceable ${bool} not null, invoice_display_name ${str(255)} null,
      created_at ${time} not null)`);
    this.index('billing_charge', 'plan_id', 'billable_metric_id');
    this.unique('billing_charge', 'plan_id', 'billable_metric_id');

    this.addSql(`create table billing_fixed_charge (
      id ${id} not null primary key, ${ref('billing_fixed_charge', 'plan', 'cascade')},
      ${ref('billing_fixed_charge', 'add_on', 'restrict')}, position ${int} not null, units ${str(64)} not null,
      amount ${str(64)} not null, pay_in_advance ${bool} not null, invoice_display_name ${str(255)} null,
      created_at ${time} not null)`);
    this.index('billing_fixed_charge', 'plan_id', 'add_on_id');
    this.unique('billing_fixed_charge', 'plan_id', 'add_on_id');

    this.addSql(`create table billing_subscription (
      id ${id} not null primary key, external_id ${str(255)} not null,
      ${ref('billing_subscription', 'customer', 'restrict')}, ${ref('billing_subscription', 'plan', 'restrict')},
      name ${str(255)} null, billing_time ${str(20)} not null, timezone ${str(64)} not null, starts_at ${time} not null,
      terminated_at ${time} null, canceled_at ${time} null, next_billing_on date null, ${changes})`);
    this.unique('billing_subscription', 'external_id');
    this.index('billing_subscription', 'customer_id', 'plan_id', 'next_billing_on');

    this.addSql(`create table billing_billed_period (
      id ${id} not null primary key, ${ref('billing_billed_period', 'subscription', 'restrict')},
      timing ${str(10)} not null, starts_on date not null, ends_on date not null,
      ${ref('billing_billed_period', 'invoice', 'restrict', 'null')}, created_at ${time} not null)`);
    this.index('billing_billed_period', 'subscription_id', 'invoice_id');
    this.unique('billing_billed_period', 'subscription_id', 'timing', 'starts_on');

    this.addSql(`create table billing_usage_event (
      id ${id} not null primary key, ${ref('billing_usage_event', 'subscription', 'restrict')},
      transaction_id ${str(255)} not null, code ${str(255)} not null, timestamp ${time} not null,
      properties ${json} not null, created_at ${time} not null)`);
    this.unique('billing_usage_event', 'subscription_id', 'transaction_id');
    this.index('billing_usage_event', 'subscription_id');
  }

  override down(): void {
    const children = ['usage_event', 'billed_period', 'subscription', 'fixed_charge', 'charge'];
    for (const table of [...children, 'plan', 'billable_metric']) this.addSql(`drop table if exists billing_${table}`);
  }
}
