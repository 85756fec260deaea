import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';

/** A migration of billing's: one text for SQLite and PostgreSQL. */
export abstract class HostMigration extends Migration {
  private get sqlite(): boolean {
    return this.driver.getPlatform() instanceof SqlitePlatform;
  }

  /** Column types by what they are for. */
  protected types() {
    const id = this.sqlite ? 'text' : 'uuid';
    const str = (length: number) => (this.sqlite ? 'text' : `varchar(${length})`);
    const int = this.sqlite ? 'integer' : 'int';
    return {
      id,
      ref: (table: string, to: string, onDelete: 'cascade' | 'restrict', empty = 'not null') =>
        `${to}_id ${id} ${empty} constraint ${table}_${to}_id_foreign references billing_${to} (id)
          on delete ${onDelete}`,
      str,
      int,
      text: 'text',
      time: this.sqlite ? 'datetime' : 'timestamptz(3)',
      json: this.sqlite ? 'json' : 'jsonb',
      bool: this.sqlite ? 'integer' : 'boolean',
      /** Columns of a tax, as it stands on a fee, an invoice or a credit note. */
      tax: `position ${int} not null, name text not null, code text not null, jurisdiction text not null,
        rate text not null, amount_cents bigint not null, taxable_amount text not null,
        treatment ${str(20)} not null, not_taxed_reason ${str(30)} null, not_taxed_detail text null`,
      taxAmounts: `pre_tax_amount_cents bigint null, taxes_amount_cents bigint null,
        included_taxes_amount_cents bigint null`,
      oneOf: (...values: string[]) => values.map((value) => `'${value}'`).join(', '),
    };
  }

  /** One index over all of the columns together. */
  protected unique(table: string, ...columns: string[]): void {
    this.uniqueNamed(`${table}_${columns.join('_')}_unique`, table, ...columns);
  }

  /** For a name by default that would be longer than 63 characters. */
  protected uniqueNamed(name: string, table: string, ...columns: string[]): void {
    this.addSql(
      this.sqlite
        ? `create unique index ${name} on ${table} (${columns.join(', ')})`
        : `alter table ${table} add constraint ${name} unique (${columns.join(', ')})`,
    );
  }

  /** One index for each of the columns. */
  protected index(table: string, ...columns: string[]): void {
    for (const column of columns) this.addSql(`create index ${table}_${column}_index on ${table} (${column})`);
  }
}
