import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AnrokClient } from '@anrok-nest/client';
import { TaxSyncRecord } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const ID = 'host:invoice:inv-1';

describe('an invoice that counts again after it was taken back', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  const reference = { kind: 'invoice', id: 'inv-1', customerId: 'cus-1' } as const;
  const record = () => tested.recordOf('inv-1');
  const net = () => tested.simulator.books.netTaxOf(() => true);
  const voidIt = async () => {
    tested.host.put(anInvoice(), 'voided');
    await tested.sync.request(reference);
    await tested.worker.drain();
  };
  const change = (amount: number) => tested.finalize(anInvoice({ lines: [aLine({ amount })] }));
  const negate = async (takeBack: () => Promise<unknown> = voidIt) => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    await takeBack();
    expect(await states()).toEqual([[ID, 'negated']]);
  };
  const later = async () => {
    tested.clock.advance(60_000);
    await tested.worker.drain();
  };
  const states = async () => {
    const { transactions } = await tested.records.history((await record()).id);
    return transactions.map(({ transactionId, state }) => [transactionId, state]);
  };
  const expectToCountOnce = async () => {
    expect(await record()).toMatchObject({ status: 'synced', doubtfulParts: 0 });
    expect(tested.host.taxesOf(reference)?.calculation.taxAmountToCollect).toBeGreaterThan(0);
    expect(net()).toBe(tested.host.taxesOf(reference)?.calculation.taxAmountToCollect);
  };

  it.each([
    ['voided', voidIt],
    ['corrected to nothing', () => change(0)],
  ])('counts once when it was negated, because it was %s, and its filing was opened again', async (_, takeBack) => {
    await negate(takeBack);
    tested.simulator.unfreeze();
    await change(20_000);
    await expectToCountOnce();
    expect(await record()).toMatchObject({ generation: 2 });
    expect(await states()).toEqual([
      [ID, 'negated'],
      [`${ID}:g2`, 'recorded'],
    ]);
  });

  it('counts once when the answer to its negation was lost, and its filing was opened again', async () => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    tested.simulator.faults.next('transactions.createNegation', { kind: 'loseAnswer', by: 'reset' });
    await voidIt();
    tested.simulator.unfreeze();
    tested.host.put(anInvoice());
    await later();
    tested.clock.advance(120_000);
    await tested.worker.drain();
    await expectToCountOnce();
  });

  it('counts once when its filing was not opened again, and nothing is sent in vain', async () => {
    await negate();
    tested.simulator.calls.clear();
    await change(20_000);
    await expectToCountOnce();
    expect(tested.simulator.calls.all()).toHaveLength(1);
  });

  it('counts once in all of its parts when some of them were negated', async () => {
    const lines = Array.from({ length: 2_401 }, (_, index) => aLine({ id: `l${index}`, amount: 100 }));
    await tested.finalize(anInvoice({ lines }));
    tested.simulator.freezeTransaction(`${ID}:part2`);
    await voidIt();
    tested.simulator.unfreeze();
    await tested.finalize(anInvoice({ lines }));
    await expectToCountOnce();
    expect(await states()).toEqual([
      [ID, 'voided'],
      [`${ID}:g2`, 'recorded'],
      [`${ID}:g2:part2`, 'recorded'],
      [`${ID}:g2:part3`, 'recorded'],
      [`${ID}:part2`, 'negated'],
      [`${ID}:part3`, 'voided'],
    ]);
  });

  it('counts once, and so does its credit note that counts again with it', async () => {
    const note = anInvoice({
      kind: 'credit_note',
      id: 'cn-1',
      creditedInvoiceId: 'inv-1',
      lines: [aLine({ id: 'back-1', creditedLineId: 'line-1', amount: -3_333 })],
    });
    await tested.finalize(anInvoice());
    await tested.finalize(note);
    for (const { id } of tested.simulator.books.transactions()) tested.simulator.freezeTransaction(id);
    await voidIt();
    expect(net()).toBe(0);
    tested.simulator.unfreeze();
    await change(20_000);
    const taxOf = (kind: 'invoice' | 'credit_note', id: string) =>
      tested.host.taxesOf({ kind, id })!.calculation.taxAmountToCollect;
    expect(taxOf('credit_note', 'cn-1')).toBeLessThan(0);
    expect(net()).toBe(taxOf('invoice', 'inv-1') + taxOf('credit_note', 'cn-1'));
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'synced', generation: 2 });
  });

  it('counts once when it may have been undone by halves', async () => {
    await negate();
    tested.simulator.unfreeze();
    // of a run that was overtaken: its void came after the negation
    const { apiKey, url } = tested.simulator;
    const rateLimiter = { acquire: async () => {}, pause: () => {} };
    await new AnrokClient({ apiKey, baseUrl: url, rateLimiter }).transactions.void(ID);
    await tested.orm.em.fork().nativeUpdate(TaxSyncRecord, { documentId: 'inv-1' }, { doubtfulParts: 1 });
    await change(20_000);
    await expectToCountOnce();
  });

  it('is promised by a dry run to be recorded, which begins no generation', async () => {
    await negate();
    tested.host.put(anInvoice());
    const plan = await tested.resync.plan({ statuses: ['synced'] });
    expect(plan).toMatchObject({ byAction: { record: 1, undo: 0, nothing: 0, blocked: 0 }, calls: 1 });
    expect(await record()).toMatchObject({ generation: 1, doubtfulParts: 0 });
  });

  it('counts once when the answer to its next generation was lost', async () => {
    await negate();
    tested.simulator.unfreeze();
    tested.simulator.faults.next('transactions.createOrUpdate', { kind: 'loseAnswer', by: 'reset' });
    await change(20_000);
    // until the lost one can come no more
    for (let minute = 0; minute < 3; minute++) await later();
    await expectToCountOnce();
    expect(await record()).toMatchObject({ generation: 2 });
  });

  it('counts once when it was recorded after its void without an answer, and was frozen then', async () => {
    await tested.finalize(anInvoice());
    await voidIt();
    tested.simulator.faults.next('transactions.createOrUpdate', { kind: 'loseAnswer', by: 'reset' });
    await change(10_000);
    tested.simulator.freezeTransaction(ID);
    const invoice = tested.host.put(anInvoice({ lines: [aLine({ amount: 20_000 })] }));
    await later();
    expect(await record()).toMatchObject({ status: 'synced', generation: 2 });
    expect(net()).toBe(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect);
  });
});
