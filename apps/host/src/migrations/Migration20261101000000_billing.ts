import { HostMigration } from './host.migration.js';

/** Billing's first tables, for SQLite and PostgreSQL. */
export class Migration20261101000000_billing extends HostMigration {
  override name = 'Migration20261101000000_billing';

  override up(): void {
    const { id, ref, str, int, text, time, json, bool, oneOf, tax, taxAmounts } = this.types();
    const address = (prefix: string) =>
      ['line1', 'line2', 'city', 'state', 'zipcode'].map((part) => `${prefix}_${part} ${str(255)} null`).join(', ') +
      `, ${prefix}_country ${str(2)} null`;

    this.addSql(`create table billing_sequence (name ${str(255)} not null primary key, value ${int} not null)`);

    this.addSql(`create table billing_customer (
      id ${id} not null primary key, external_id ${str(255)} not null, sequential_id ${int} not null,
      type text null constraint billing_customer_type_check check (type in (${oneOf('company', 'individual')})),
      name ${str(255)} null, firstname ${str(255)} null, lastname ${str(255)} null, legal_name ${str(255)} null,
      legal_number ${str(255)} null, email ${str(255)} null, phone ${str(255)} null, url ${str(255)} null,
      logo_url ${str(255)} null, currency ${str(3)} null, timezone ${str(64)} null,
      tax_identification_number ${str(255)} null, net_payment_term ${int} null,
      invoice_grace_period ${int} null,      ${address('address')}, ${address('shipping')}, created_at ${time} not null, updated_at ${time} not null)`);
    this.unique('billing_customer', 'external_id');

    this.addSql(`create table billing_add_on (
      id ${id} not null primary key, code ${str(255)} not null, name ${str(255)} not null,
      invoice_display_name ${str(255)} null, description ${text} null, amount_cents bigint not null,
      amount_currency ${str(3)} not null, created_at ${time} not null, updated_at ${time} not null)`);
    this.unique('billing_add_on', 'code');

    this.addSql(`create table billing_invoice (
      id ${id} not null primary key, number ${str(64)} not null, sequential_id ${int} not null,
      status text not null
        constraint billing_invoice_status_check check (status in (${oneOf('draft', 'finalizing', 'finalized', 'failed', 'voided')})),
      invoice_type ${str(20)} not null, ${ref('billing_invoice', 'customer', 'restrict')}, currency ${str(3)} not null, issuing_date date not null,
      net_payment_term ${int} not null, payment_due_date date not null,
      expected_finalization_date date null, voided_at ${time} null, payment_dispute_lost_at ${time} null, fees_amount_cents bigint not null,
      ${taxAmounts}, total_amount_cents bigint null, tax_strategy ${str(64)} null, taxed_customer ${json} null,
      error_details ${json} not null, created_at ${time} not null, updated_at ${time} not null)`);
    this.unique('billing_invoice', 'number');
    this.unique('billing_invoice', 'customer_id', 'sequential_id');
    this.index('billing_invoice', 'customer_id', 'issuing_date', 'status');

    this.addSql(`create table billing_invoice_tax (
      id ${id} not null primary key, ${ref('billing_invoice_tax', 'invoice', 'cascade')}, ${tax},
      fees_amount_cents bigint not null, created_at ${time} not null)`);
    this.index('billing_invoice_tax', 'invoice_id');

    this.addSql(`create table billing_fee (
      id ${id} not null primary key, ${ref('billing_fee', 'invoice', 'cascade', 'null')},
      ${ref('billing_fee', 'customer', 'restrict')}, currency ${str(3)} not null, position ${int} not null,
      item_type ${str(30)} not null, item_code ${str(255)} not null, item_name ${str(255)} not null,
      item_id ${str(64)} not null, subscription_id ${id} null, charge_id ${id} null,
      pay_in_advance ${bool} not null, event_transaction_id ${str(255)} null, issuing_date date null,
      invoice_display_name ${str(255)} not null, description ${text} null, units ${str(64)} not null,
      unit_amount ${str(64)} not null, amount_cents bigint not null, tax_included ${bool} not null,
      from_datetime ${time} null, to_datetime ${time} null, ${taxAmounts}, tax_strategy ${str(64)} null, taxed_customer ${json} null, error_details ${json} null,
      created_at ${time} not null)`);
    this.index('billing_fee', 'invoice_id', 'customer_id', 'subscription_id');
    this.uniqueNamed('billing_fee_event_unique', 'billing_fee', 'subscription_id', 'charge_id', 'event_transaction_id');

    this.addSql(`create table billing_fee_tax (
      id ${id} not null primary key, ${ref('billing_fee_tax', 'fee', 'cascade')}, ${tax},
      created_at ${time} not null)`);
    this.index('billing_fee_tax', 'fee_id');
  }

  override down(): void {
    for (const table of ['fee_tax', 'fee', 'invoice_tax', 'invoice', 'add_on', 'customer', 'sequence'])
      this.addSql(`drop table if exists billing_${table}`);
  }
}
