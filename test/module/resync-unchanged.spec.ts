import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CustomerLink,
  type HostDocument,
  type ResyncFilter,
  TAX_RESYNC_PROGRESS,
  type TaxResyncProgress,
  TaxSyncRecord,
} from '@anrok-nest/module';
import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import type { EntityData } from '@mikro-orm/core';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { sent } from '../support/resync-scene.js';

const SYNCED: ResyncFilter = { statuses: ['synced'] };

describe('a resync of synced documents', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ resync: { batchSize: 2 }, worker: { concurrency: 1 } });
  });
  afterEach(() => tested.close());

  const synced = async (...changes: Partial<TaxDocument>[]) => {
    for (const [index, change] of changes.entries())
      await tested.finalize(anInvoice({ id: `inv-${index}`, ...change }));
    tested.simulator.calls.clear();
    tested.clock.advance(1_000);
  };
  const resync = async (filter = SYNCED) => {
    const { id } = await tested.resync.start(filter, { requestedBy: 'test' });
    await tested.resync.drain();
    return tested.resync.progress(id);
  };
  const attempts = async (documentId?: string) => {
    const where = documentId === undefined ? {} : { documentId };
    const records = await tested.orm.em.fork().find(TaxSyncRecord, where);
    const histories = await Promise.all(records.map(({ id }) => tested.records.history(id)));
    return histories.flatMap((history) => history.attempts).length;
  };
  const rewrite = (documentId: string, changes: EntityData<TaxSyncRecord>) =>
    tested.orm.em.fork().nativeUpdate(TaxSyncRecord, { documentId }, changes);
  /** Each of them was worked on once more, and nothing else was. */
  const expectRunsOf = async (...ids: string[]) => {
    const before = await attempts();
    const run = await resync();
    expect(run).toMatchObject({ status: 'completed', done: run.total, synced: run.total });
    expect(run.done - run.unchanged).toBe(ids.length);
    expect(await attempts()).toBe(before + ids.length);
    for (const id of ids) expect(await attempts(id)).toBe(2);
  };

  it('counts unchanged ones without a try at them and without a call', async () => {
    await synced({}, {}, {}, {}, {});
    const before = await tested.recordOf('inv-4');
    expect(await resync()).toMatchObject({ status: 'completed', total: 5, done: 5, synced: 5, unchanged: 5 });
    expect(await attempts()).toBe(5);
    expect(tested.simulator.calls.all()).toEqual([]);
    expect(await tested.recordOf('inv-4')).toEqual(before);
  });

  it('counts those unchanged of which there is nothing to record, whether Anrok knows their customer or not', async () => {
    await synced({ lines: [aLine({ amount: 0 })] });
    expect(await resync()).toMatchObject({ total: 1, unchanged: 1 });
  });

  it('finds a document that the host changed without an event, and syncs it', async () => {
    await synced({}, {}, {});
    tested.host.put(anInvoice({ id: 'inv-1', lines: [aLine({ amount: 777 })] }));
    await expectRunsOf('inv-1');
    expect(sent(tested)).toEqual(['inv-1']);
    expect(tested.simulator.books.transaction('host:invoice:inv-1')?.lines[0]?.amount).toBe(777);
  });

  it('finds what became different by a mapping, and syncs it', async () => {
    const other = { item: { type: 'add_on', id: 'other' } };
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'other', productExternalId: 'saas-business' });
    await synced({}, { lines: [aLine(), aLine({ id: 'line-2', ...other })] }, {});
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'other', productExternalId: 'not-taxable' });
    await expectRunsOf('inv-1');
    expect(sent(tested)).toEqual(['inv-1']);
  });

  it('gives a document its tax once more that the host has lost, without a call', async () => {
    await synced({}, {}, {});
    const taxes = tested.host.taxesOf({ kind: 'invoice', id: 'inv-2' });
    tested.host.loseTaxes({ kind: 'invoice', id: 'inv-2' });
    await expectRunsOf('inv-2');
    expect(tested.host.taxesOf({ kind: 'invoice', id: 'inv-2' })).toEqual(taxes);
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('takes what Anrok counts back of a document that counts no more', async () => {
    await synced({}, {}, {});
    tested.host.put(anInvoice({ id: 'inv-0' }), 'voided');
    tested.host.put(anInvoice({ id: 'inv-2' }), 'disputeLost');
    await expectRunsOf('inv-0', 'inv-2');
    expect(tested.simulator.calls.of('transactions.void')).toHaveLength(2);
  });

  describe('of which the host has archived some', () => {
    const note = (id: string, creditedInvoiceId: string, standing: 'final' | 'voided' = 'final') => {
      const lines = [aLine({ id: `${id}-1`, creditedLineId: 'line-1', amount: -5_000 })];
      return tested.host.put(anInvoice({ kind: 'credit_note', id, creditedInvoiceId, lines }), standing);
    };
    beforeEach(async () => {
      await synced({}, {}, {});
      for (const id of ['0', '1']) await tested.sync.request(note(`cn-${id}`, `inv-${id}`));
      await tested.worker.drain();
      tested.simulator.calls.clear();
      tested.clock.advance(1_000);
      tested.host.remove({ kind: 'invoice', id: 'inv-0' });
      tested.host.remove({ kind: 'credit_note', id: 'cn-0' });
      // its note is of a later time, and the host has it still
      tested.host.remove({ kind: 'invoice', id: 'inv-1' });
    });

    it('leaves at Anrok what the host has archived', async () => {
      const before = tested.simulator.books.transactions();
      await expectRunsOf();
      expect(tested.simulator.calls.all()).toEqual([]);
      expect(tested.simulator.books.transactions()).toEqual(before);
      expect(await tested.recordOf('inv-0')).toMatchObject({ status: 'synced', taxAmount: 481 });
    });

    it('says so in its dry run', async () => {
      const plan = await tested.resync.plan(SYNCED);
      expect(plan).toMatchObject({ documents: 5, byStatus: { synced: 5 }, calls: 0 });
      expect(plan.byAction).toEqual({ record: 0, undo: 0, nothing: 5, blocked: 0 });
    });

    it('takes a note back that is void, also of an archived invoice', async () => {
      note('cn-1', 'inv-1', 'voided');
      await expectRunsOf('cn-1');
      expect(tested.simulator.books.transaction('host:credit_note:cn-1')).toMatchObject({ state: 'voided' });
    });

    it('leaves it to whoever asks for a document to have it taken back', async () => {
      await tested.sync.request({ kind: 'invoice', id: 'inv-0', customerId: 'cus-1' });
      await tested.worker.drain();
      expect(tested.simulator.books.transaction('host:invoice:inv-0')).toMatchObject({ state: 'voided' });
    });

    it('takes a deleted one back, where that was asked for and failed', async () => {
      const refusal = { kind: 'status', status: 400, body: { type: 'whatever' } } as const;
      tested.simulator.faults.next('transactions.void', refusal);
      await tested.sync.request({ kind: 'invoice', id: 'inv-0', customerId: 'cus-1' });
      await tested.worker.drain();
      expect(await tested.recordOf('inv-0')).toMatchObject({ status: 'failed' });
      await resync({ statuses: ['failed'] });
      expect(tested.simulator.books.transaction('host:invoice:inv-0')).toMatchObject({ state: 'voided' });
    });
  });

  it.each<[string, EntityData<TaxSyncRecord>]>([
    ['of which Anrok may hold something unknown', { doubtfulParts: 1 }],
    ['whose ids are those of a new generation', { generation: 2 }],
    ['whose tax on record is not the host’s', { taxAmount: 1 }],
    ['whose currency on record is not the host’s', { currency: 'EUR' }],
  ])('tries a document anew %s', async (_, changes) => {
    await synced({}, {}, {});
    await rewrite('inv-1', changes);
    await expectRunsOf('inv-1');
  });

  it('tries anew what the host does not tell its books of', async () => {
    await synced({}, {});
    const load = tested.host.loadDocument.bind(tested.host);
    tested.host.loadDocument = async (reference): Promise<HostDocument | null> => {
      const { booked: _, ...silent } = (await load(reference))!;
      return reference.id === 'inv-0' ? silent : load(reference);
    };
    await expectRunsOf('inv-0');
  });

  it('tries the documents of a customer anew who is not known to be at Anrok, and knows it then', async () => {
    await synced({}, {});
    const link = { customerId: 'cus-1' };
    await tested.orm.em.fork().nativeUpdate(CustomerLink, link, { knownAt: null });
    await expectRunsOf('inv-0', 'inv-1');
    expect(await tested.orm.em.fork().findOneOrFail(CustomerLink, link)).toMatchObject({ knownAt: expect.any(Date) });
  });

  describe('with a credit note', () => {
    beforeEach(async () => {
      await synced({});
      const lines = [aLine({ id: 'back-1', creditedLineId: 'line-1', amount: -5_000 })];
      await tested.finalize(anInvoice({ kind: 'credit_note', id: 'cn-1', creditedInvoiceId: 'inv-0', lines }));
    });

    it('tries the note anew, which hangs on its invoice and on others', async () => {
      await expectRunsOf('cn-1');
    });

    it('tries an invoice anew that its note waits for, and the note after it', async () => {
      await rewrite('cn-1', { status: 'waiting' });
      expect(await resync()).toMatchObject({ total: 1, done: 1, unchanged: 0 });
      expect(await attempts('inv-0')).toBe(2);
      expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'synced' });
    });
  });

  it('takes the changed ones among them in batches, and each once', async () => {
    await synced(...Array.from({ length: 9 }, () => ({})));
    const changed = ['inv-0', 'inv-3', 'inv-4', 'inv-5', 'inv-8'];
    for (const id of changed) tested.host.put(anInvoice({ id, lines: [aLine({ amount: 777 })] }));
    const batches: number[] = [];
    tested.events.on(TAX_RESYNC_PROGRESS, ({ run }: TaxResyncProgress) => batches.push(run.done - run.unchanged));
    await expectRunsOf(...changed);
    expect(sent(tested).toSorted()).toEqual(changed);
    expect(new Set(batches)).toEqual(new Set([0, 2, 4, 5]));
  });

  it('says at least every second how far it is, however slow the host', async () => {
    await synced(...Array.from({ length: 7 }, () => ({})));
    const load = tested.host.loadDocuments.bind(tested.host);
    tested.host.loadDocuments = async (references) => {
      tested.clock.advance(1_000);
      return load(references);
    };
    const told: number[] = [];
    tested.events.on(TAX_RESYNC_PROGRESS, ({ run }: TaxResyncProgress) => told.push(run.unchanged));
    await resync();
    expect(told).toEqual([2, 4, 6, 7]);
  });

  it('that is cancelled meanwhile looks at no more than it has in hand', async () => {
    await synced(...Array.from({ length: 7 }, () => ({})));
    const { id } = await tested.resync.start(SYNCED, { requestedBy: 'test' });
    const load = tested.host.loadDocuments.bind(tested.host);
    tested.host.loadDocuments = async (references) => {
      tested.clock.advance(1_000);
      await tested.resync.cancel(id);
      return load(references);
    };
    await tested.resync.drain();
    expect(await tested.resync.progress(id)).toMatchObject({ status: 'cancelled', done: 2, unchanged: 2 });
  });

  it('promises in its dry run what it then does', async () => {
    await synced({}, {}, {});
    tested.host.put(anInvoice({ id: 'inv-1', lines: [aLine({ amount: 777 })] }));
    expect(await tested.resync.plan(SYNCED)).toMatchObject({
      documents: 3,
      byStatus: { synced: 3 },
      byAction: { record: 1, nothing: 2 },
      calls: 1,
    });
    await expectRunsOf('inv-1');
  });

  it('means only those of its time, changed or not', async () => {
    await synced({ accountingDate: '2026-02-27' }, { accountingDate: '2026-02-28' }, { accountingDate: '2026-02-28' });
    tested.host.put(anInvoice({ id: 'inv-0', accountingDate: '2026-02-27', lines: [aLine({ amount: 1 })] }));
    tested.host.put(anInvoice({ id: 'inv-1', accountingDate: '2026-02-28', lines: [aLine({ amount: 2 })] }));
    expect(await resync({ ...SYNCED, from: '2026-02-28' })).toMatchObject({ done: 2, synced: 2, unchanged: 1 });
    expect(sent(tested)).toEqual(['inv-1']);
  });
});
