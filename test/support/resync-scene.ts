import { TaxSyncRecord } from '@anrok-nest/module';
import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import type { ModuleUnderTest } from './module-under-test.js';

const UNMAPPED = { lines: [aLine({ item: { type: 'metric', id: 'calls' } })] };

/**
 * Documents that stand everywhere a document can stand: `synced-1`, `synced-2`, `waiting` (for a mapping), `failed` (for
 * a person), `never-1` and `never-2` whose event got lost, and those that are none of a resync's business: a draft, and
 * one of a customer who is not linked. The simulator's calls are counted from here.
 */
export async function setTheScene(tested: ModuleUnderTest, changes: Partial<TaxDocument> = {}): Promise<void> {
  const { simulator, host } = tested;
  await tested.finalize(anInvoice({ ...changes, id: 'synced-1' }));
  await tested.finalize(anInvoice({ ...changes, id: 'synced-2' }));
  await tested.finalize(anInvoice({ ...changes, id: 'waiting', ...UNMAPPED }));
  const refusal = { kind: 'status', status: 409, body: { type: 'currencyCodeNotSupported' } } as const;
  simulator.faults.next('transactions.createOrUpdate', refusal);
  await tested.finalize(anInvoice({ ...changes, id: 'failed' }));
  host.put(anInvoice({ ...changes, id: 'never-1' }));
  host.put(anInvoice({ ...changes, id: 'never-2' }));
  host.put(anInvoice({ ...changes, id: 'draft' }), 'draft');
  host.put(anInvoice({ ...changes, id: 'stranger', customer: { ...anInvoice().customer, id: 'cus-unlinked' } }));
  simulator.calls.clear();
}

/** Status of every record, by its document's id. */
export async function standings(tested: ModuleUnderTest): Promise<Record<string, string>> {
  const records = await tested.orm.em.fork().find(TaxSyncRecord, {}, { orderBy: { documentId: 'asc' } });
  return Object.fromEntries(records.map(({ documentId, status }) => [documentId, status]));
}

/** Ids of the documents that Anrok was sent, in the order in which it was. */
export function sent({ simulator }: ModuleUnderTest): string[] {
  return simulator.calls
    .of('transactions.createOrUpdate')
    .map(({ body }) => (body as { id: string }).id.replace('host:invoice:', ''));
}
