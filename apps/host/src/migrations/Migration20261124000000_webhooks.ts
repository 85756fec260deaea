import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';

/** Webhooks: where they go, what they say, and how far they got. */
export class Migration20261124000000_webhooks extends Migration {
  override name = 'Migration20261124000000_webhooks';

  override up(): void {
    const { id, str, int, text, time, json, to } = this.types();

    this.addSql(`create table billing_webhook_endpoint (
      id ${id} not null primary key, url ${str(2048)} not null, name ${str(255)} null, types ${json} null,
      created_at ${time} not null, updated_at ${time} not null)`);
    this.addSql(
      this.sqlite
        ? 'create unique index billing_webhook_endpoint_url_unique on billing_webhook_endpoint (url)'
        : 'alter table billing_webhook_endpoint add constraint billing_webhook_endpoint_url_unique unique (url)',
    );

    this.addSql(`create table billing_webhook_message (
      id ${id} not null primary key, type ${str(64)} not null, body ${text} not null, created_at ${time} not null)`);
    this.index('billing_webhook_message', 'created_at');

    this.addSql(`create table billing_webhook_delivery (
      id ${id} not null primary key, message_id ${to('message')}, endpoint_id ${to('endpoint')},
      status ${str(20)} not null, due_at ${time} null, lease_owner ${str(36)} null, attempts ${int} not null,
      first_failed_at ${time} null, last_tried_at ${time} null, last_answer ${json} null, created_at ${time} not null)`);
    for (const column of ['message_id', 'endpoint_id', 'status']) this.index('billing_webhook_delivery', column);
    this.addSql(`create index billing_webhook_delivery_due_at_index on billing_webhook_delivery (due_at)
      where status in ('pending', 'retrying')`);
  }

  override down(): void {
    for (const table of ['delivery', 'message', 'endpoint'])
      this.addSql(`drop table if exists billing_webhook_${table}`);
  }

  private get sqlite(): boolean {
    return this.driver.getPlatform() instanceof SqlitePlatform;
  }

  private types() {
    const id = this.sqlite ? 'text' : 'uuid';
    return {
      id,
      to: (part: 'message' | 'endpoint') =>
        `${id} not null constraint billing_webhook_delivery_${part}_id_foreign
          references billing_webhook_${part} (id) on delete cascade`,
      str: (length: number) => (this.sqlite ? 'text' : `varchar(${length})`),
      int: this.sqlite ? 'integer' : 'int',
      text: 'text',
      time: this.sqlite ? 'datetime' : 'timestamptz(3)',
      json: this.sqlite ? 'json' : 'jsonb',
    };
  }

  private index(table: string, column: string): void {
    this.addSql(`create index ${table}_${column}_index on ${table} (${column})`);
  }
}
