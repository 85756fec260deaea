import { HostMigration } from './host.migration.js';

/** Credit notes, what they take back, and its taxes. */
export class Migration20261115000000_credit_notes extends HostMigration {
  override name = 'Migration20261115000000_credit_notes';

  override up(): void {
    const { id, ref, str, int, text, time, json, tax, taxAmounts } = this.types();

    this.addSql(`create table billing_credit_note (
      id ${id} not null primary key, number ${str(80)} not null, sequential_id ${int} not null,
      status ${str(20)} not null, ${ref('billing_credit_note', 'invoice', 'restrict')}, reason ${str(30)} not null,
      description ${text} null, currency ${str(3)} not null, issuing_date date not null, voided_at ${time} null,
      items_amount_cents bigint not null, credit_amount_cents bigint not null, refund_amount_cents bigint not null,
      ${taxAmounts}, total_amount_cents bigint null, tax_strategy ${str(64)} null, error_details ${json} not null,
      created_at ${time} not null, updated_at ${time} not null)`);
    this.unique('billing_credit_note', 'number');
    this.unique('billing_credit_note', 'invoice_id', 'sequential_id');
    this.index('billing_credit_note', 'invoice_id', 'issuing_date');

    this.addSql(`create table billing_credit_note_item (
      id ${id} not null primary key, ${ref('billing_credit_note_item', 'credit_note', 'cascade')},
      ${ref('billing_credit_note_item', 'fee', 'restrict')}, position ${int} not null, amount_cents bigint not null,
      intervals ${json} not null, own_taxes_amount_cents bigint not null,
      own_included_taxes_amount_cents bigint not null)`);
    this.index('billing_credit_note_item', 'credit_note_id', 'fee_id');

    this.addSql(`create table billing_credit_note_tax (
      id ${id} not null primary key, ${ref('billing_credit_note_tax', 'credit_note', 'cascade')}, ${tax},
      base_amount_cents bigint not null, created_at ${time} not null)`);
    this.index('billing_credit_note_tax', 'credit_note_id');
  }

  override down(): void {
    for (const table of ['tax', 'item']) this.addSql(`drop table if exists billing_credit_note_${table}`);
    this.addSql('drop table if exists billing_credit_note');
  }
}
