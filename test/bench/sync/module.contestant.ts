import { type TaxApplied, TAX_APPLIED } from '@anrok-nest/module';
import { EntityManager } from '@mikro-orm/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { BenchDatabase } from '../databases.ts';
import { type AnrokAt, startModule } from '../scene/bench-module.ts';
import { CUSTOMER } from '../scene/numbered.billing-host.ts';
import { concurrently, CONCURRENCY, type Contestant, type OnTaxed } from './contestant.ts';
import { Invoices, TableBillingHost } from './invoices.table.ts';

/** The module, as any host uses it: the event in the transaction that finalizes the invoice, and a worker. */
export async function startModuleContestant(
  database: BenchDatabase,
  anrok: AnrokAt,
  onTaxed: OnTaxed,
): Promise<Contestant> {
  const worker = { enabled: true, concurrency: CONCURRENCY };
  const app = await startModule(database, anrok, { billingHost: TableBillingHost, worker });
  const events = app.get(EventEmitter2);
  events.on(TAX_APPLIED, ({ document }: TaxApplied) => onTaxed(document.id));
  const invoices = new Invoices(app.get(EntityManager));
  const finalize = (id: string) =>
    invoices.finalize(id, () => events.emitAsync('invoice.finalized', { invoiceId: id, customerId: CUSTOMER }));
  return { finalize: (ids) => concurrently(ids, finalize), close: () => app.close() };
}
