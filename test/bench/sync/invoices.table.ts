import type { DocumentTaxes, HostDocument, TaxedDocument } from '@anrok-nest/module';
import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Inject } from '@nestjs/common';
import { documentOf, NumberedBillingHost } from '../scene/numbered.billing-host.ts';

/** Lines of an invoice. */
export const LINES = 3;

/** The host's own table: what is to be read, and written, of an invoice whoever does its tax. */
export class Invoices {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  async create(ids: readonly string[]): Promise<void> {
    await this.execute('create table if not exists bench_invoice (id text primary key, status text, tax bigint)');
    for (let from = 0; from < ids.length; from += 500) {
      const some = ids.slice(from, from + 500);
      await this.execute(`insert into bench_invoice (id) values ${some.map(() => '(?)').join()}`, some);
    }
  }

  /**
   * In a transaction, whoever does its tax: MikroORM writes all that a host changes in one.
   *
   * @param alongside what else is to be done in it
   */
  async finalize(id: string, alongside?: () => Promise<unknown>): Promise<void> {
    await this.em.fork().transactional(async (em) => {
      await new Invoices(em).execute(`update bench_invoice set status = 'final' where id = ?`, [id]);
      await alongside?.();
    });
  }

  async load(id: string): Promise<HostDocument> {
    const [loaded] = await this.loadMany([id]);
    return loaded!;
  }

  async loadMany(ids: readonly string[]): Promise<HostDocument[]> {
    const places = ids.map(() => '?').join(', ');
    const rows = await this.execute<InvoiceRow>(`select * from bench_invoice where id in (${places})`, ids);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => toHostDocument(byId.get(id)!));
  }

  async apply(id: string, tax: number): Promise<void> {
    await this.execute('update bench_invoice set tax = ? where id = ?', [tax, id]);
  }

  async applyMany(taxed: readonly { readonly id: string; readonly tax: number }[]): Promise<void> {
    const places = taxed.map(() => '(?, ?)').join();
    const values = taxed.flatMap(({ id, tax }) => [id, tax]);
    await this.execute(
      `update bench_invoice set tax = taxed.column2 from (values ${places}) taxed where id = taxed.column1`,
      values,
    );
  }

  /** How many of these have no tax. */
  async untaxed(): Promise<number> {
    const [row] = await this.execute<{ count: number | string }>(
      'select count(*) as count from bench_invoice where status is not null and tax is null',
    );
    return Number(row!.count);
  }

  /** All tables are analyzed, which a database in use does by itself every minute. */
  async analyze(): Promise<void> {
    await this.execute('analyze');
  }

  private execute<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const em = this.em.getContext(false) as SqlEntityManager;
    return em.getConnection().execute<Row[]>(sql, [...parameters], 'all', em.getTransactionContext());
  }
}

interface InvoiceRow {
  readonly id: string;
  readonly status: string | null;
  readonly tax: string | number | null;
}

function toHostDocument({ id, status, tax }: InvoiceRow): HostDocument {
  return {
    document: documentOf(id, LINES),
    standing: status === 'final' ? 'final' : 'draft',
    version: '1',
    booked: { number: id, taxAmount: tax === null ? null : Number(tax), totalAmount: null },
  };
}

/** The billing system whose invoices these are. */
export class TableBillingHost extends NumberedBillingHost {
  private readonly invoices: Invoices;

  constructor(em: EntityManager) {
    super();
    this.invoices = new Invoices(em);
  }

  override loadDocument({ id }: TaxDocumentReference): Promise<HostDocument> {
    return this.invoices.load(id);
  }

  override loadDocuments(references: readonly TaxDocumentReference[]): Promise<HostDocument[]> {
    return this.invoices.loadMany(references.map(({ id }) => id));
  }

  override async applyTaxes({ id }: TaxDocumentReference, { calculation }: DocumentTaxes): Promise<'applied'> {
    await this.invoices.apply(id, calculation.taxAmountToCollect);
    return 'applied';
  }

  override async applyTaxesToMany(taxed: readonly TaxedDocument[]): Promise<'applied'[]> {
    await this.invoices.applyMany(
      taxed.map(({ document, taxes }) => ({ id: document.id, tax: taxes.calculation.taxAmountToCollect })),
    );
    return taxed.map(() => 'applied');
  }
}
// decorators can't be stripped from TypeScript
Inject(EntityManager)(TableBillingHost, undefined, 0);
