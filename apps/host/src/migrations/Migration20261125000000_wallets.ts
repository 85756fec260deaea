import { HostMigration } from './host.migration.js';

/** Prepaid credits. */
export class Migration20261125000000_wallets extends HostMigration {
  override name = 'Migration20261125000000_wallets';

  override up(): void {
    const { id, ref, str, time, json } = this.types();

    this.addSql(`create table billing_wallet (
      id ${id} not null primary key, ${ref('billing_wallet', 'customer', 'restrict')}, name ${str(255)} null,
      currency ${str(3)} not null, rate_amount ${str(64)} not null, expires_at ${time} null, terminated_at ${time} null,
      usage_cents bigint null, refreshed_at ${time} null, refresh_due_at ${time} not null, stale_since ${time} null,
      stale_problem ${json} null, created_at ${time} not null, updated_at ${time} not null)`);
    this.index('billing_wallet', 'customer_id', 'refresh_due_at');

    this.addSql(`create table billing_wallet_transaction (
      id ${id} not null primary key, ${ref('billing_wallet_transaction', 'wallet', 'restrict')},
      kind ${str(20)} not null, name ${str(255)} null, credits ${str(64)} not null, amount_cents bigint not null,
      ${ref('billing_wallet_transaction', 'invoice', 'restrict', 'null')}, created_at ${time} not null)`);
    this.index('billing_wallet_transaction', 'wallet_id', 'invoice_id');
  }

  override down(): void {
    for (const table of ['wallet_transaction', 'wallet']) this.addSql(`drop table if exists billing_${table}`);
  }
}
