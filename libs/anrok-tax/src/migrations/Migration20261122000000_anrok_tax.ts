import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';

/** The module's first tables, for SQLite and PostgreSQL. */
export class Migration20261122000000_anrok_tax extends Migration {
  override name = 'Migration20261122000000_anrok_tax';

  override up(): void {
    const { id, ref, str, text, time, json, bool } = this.types();

    this.addSql(`create table anrok_connection (
      id ${id} not null primary key, code ${str(64)} not null, name ${str(255)} not null, seller_id ${str(255)} null,
      encrypted_api_key ${text} not null, masked_api_key ${str(255)} not null,
      paused_at ${time} null, paused_problem ${json} null,
      created_at ${time} not null, updated_at ${time} not null)`);
    this.unique('anrok_connection', 'code');

    this.addSql(`create table anrok_item_mapping (
      id ${id} not null primary key, connection_id ${ref('anrok_item_mapping', 'connection', 'cascade')},
      item_type ${str(64)} not null, item_id ${str(255)} not null, product_external_id ${str(255)} not null,
      updated_at ${time} not null)`);
    this.unique('anrok_item_mapping', 'connection_id', 'item_type', 'item_id');
    this.foreignKeyIndex('anrok_item_mapping', 'connection_id');

    this.addSql(`create table anrok_customer_link (
      id ${id} not null primary key, connection_id ${ref('anrok_customer_link', 'connection', 'cascade')},
      customer_id ${str(255)} not null, anrok_customer_id ${str(255)} not null, create_at_anrok ${bool} not null,
      known_at ${time} null, updated_at ${time} not null)`);
    this.unique('anrok_customer_link', 'customer_id');
    this.addSql('create index anrok_customer_link_connection_idx on anrok_customer_link (connection_id)');

    this.addSql(`create table anrok_sync_record (
      id ${id} not null primary key, connection_id ${ref('anrok_sync_record', 'connection', 'restrict')},
      document_kind ${str(20)} not null, document_id ${str(255)} not null, document_number ${str(255)} null,
      customer_id ${str(255)} not null, status ${str(20)} not null, revision int not null, due_at ${time} null, lease_owner ${str(100)} null,
      resync_run ${id} null, failures int not null default 0, first_failed_at ${time} null,
      doubtful_parts int not null default 0, generation int not null default 1, takeovers int not null default 0,
      credited_invoice_id ${str(255)} null, credit_intervals ${json} null, problem ${json} null,
      problem_code ${str(100)} null, currency ${str(3)} null, tax_amount bigint null,
      requested_at ${time} not null, synced_at ${time} null)`);
    this.unique('anrok_sync_record', 'document_kind', 'document_id');
    this.addSql('create index anrok_sync_record_due_idx on anrok_sync_record (due_at) where due_at is not null');
    this.addSql('create index anrok_sync_record_status_idx on anrok_sync_record (status, requested_at, id)');
    this.addSql('create index anrok_sync_record_requested_idx on anrok_sync_record (requested_at, id)');
    this.addSql('create index anrok_sync_record_customer_idx on anrok_sync_record (customer_id, requested_at, id)');
    this.addSql('create index anrok_sync_record_connection_idx on anrok_sync_record (connection_id)');
    this.addSql('create index anrok_sync_record_credited_idx on anrok_sync_record (credited_invoice_id)');

    this.addSql(`create table anrok_sync_wait (
      id ${id} not null primary key, record_id ${ref('anrok_sync_wait', 'record', 'cascade')},
      kind ${str(20)} not null, item_type ${str(64)} null, item_id ${str(255)} null)`);
    this.addSql('create index anrok_sync_wait_record_idx on anrok_sync_wait (record_id)');
    this.addSql('create index anrok_sync_wait_item_idx on anrok_sync_wait (kind, item_type, item_id)');

    this.addSql(`create table anrok_sync_attempt (
      id ${id} not null primary key, record_id ${ref('anrok_sync_attempt', 'record', 'cascade')},
      started_at ${time} not null, duration_ms int not null, outcome ${str(20)} not null,
      problem_code ${str(100)} null, problem_message ${text} null, exchanges ${json} not null)`);
    this.addSql('create index anrok_sync_attempt_record_idx on anrok_sync_attempt (record_id, started_at)');
    this.foreignKeyIndex('anrok_sync_attempt', 'record_id');

    this.addSql(`create table anrok_transaction (
      id ${id} not null primary key, record_id ${ref('anrok_transaction', 'record', 'cascade')},
      transaction_id ${str(512)} not null, state ${str(20)} not null, version int null,
      request ${json} null, request_hash ${str(64)} null, answer ${json} null, tax_amount bigint null,
      updated_at ${time} not null)`);
    this.unique('anrok_transaction', 'record_id', 'transaction_id');
    this.foreignKeyIndex('anrok_transaction', 'record_id');
  }

  override down(): void {
    const newestFirst = 'transaction sync_attempt sync_wait sync_record customer_link item_mapping connection'.split(
      ' ',
    );
    for (const table of newestFirst) this.addSql(`drop table if exists anrok_${table}`);
  }

  private get sqlite(): boolean {
    return this.driver.getPlatform() instanceof SqlitePlatform;
  }

  private types() {
    const id = this.sqlite ? 'text' : 'uuid';
    const tables = { connection: 'anrok_connection', record: 'anrok_sync_record' };
    return {
      id,
      ref: (table: string, to: keyof typeof tables, onDelete: string) =>
        `${id} not null constraint ${table}_${to}_id_foreign references ${tables[to]} (id) on delete ${onDelete}`,
      str: (length: number) => (this.sqlite ? 'text' : `varchar(${length})`),
      text: 'text',
      time: this.sqlite ? 'datetime' : 'timestamptz(3)',
      json: this.sqlite ? 'json' : 'jsonb',
      bool: this.sqlite ? 'integer' : 'boolean',
    };
  }

  private unique(table: string, ...columns: string[]): void {
    const name = `${table}_${columns.join('_')}_unique`;
    this.addSql(
      this.sqlite
        ? `create unique index ${name} on ${table} (${columns.join(', ')})`
        : `alter table ${table} add constraint ${name} unique (${columns.join(', ')})`,
    );
  }

  /** MikroORM expects one on SQLite for every foreign key that no index has alone. */
  private foreignKeyIndex(table: string, column: string): void {
    if (this.sqlite) this.addSql(`create index ${table}_${column}_index on ${table} (${column})`);
  }
}
