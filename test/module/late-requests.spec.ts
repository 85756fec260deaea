import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const RECORD = 'transactions.createOrUpdate';
const ID = 'host:invoice:inv-1';
const LATE_MS = 120_000;

describe('a request that Anrok carries out after it was given up', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 300 });
  });
  afterEach(() => tested.close());

  const record = () => tested.recordOf('inv-1');
  const booked = () => tested.simulator.books.transaction(ID);
  const calls = () => tested.simulator.calls.of(RECORD).length;
  const after = async (ms: number) => {
    tested.clock.advance(ms);
    await tested.worker.drain();
  };
  const ofAmount = (amount: number) => {
    const [line] = anInvoice().lines;
    return anInvoice({ lines: [{ ...line!, amount }] });
  };
  /** Sends the invoice over 100, and gives up; Anrok has the request and has not looked at it. */
  const giveUp = async () => {
    const held = tested.simulator.faults.hold(RECORD);
    await tested.finalize(ofAmount(100));
    await held.arrived;
    expect(await record()).toMatchObject({ status: 'retrying', doubtfulParts: 1, unansweredAt: tested.clock.now() });
    return held;
  };
  /** Anrok carries it out at last. */
  const arrives = async (held: { readonly release: () => void }) => {
    const before = booked()?.version;
    held.release();
    while (booked()?.version === before) await new Promise((resolve) => setImmediate(resolve));
  };

  it('undoes nothing for good: what came after it is recorded once more, when it can arrive no longer', async () => {
    const held = await giveUp();
    const invoice = tested.host.put(ofAmount(700));
    await after(1_000);
    expect(booked()?.lines).toEqual([expect.objectContaining({ amount: 700 })]);
    await arrives(held);
    expect(booked()?.lines).toEqual([expect.objectContaining({ amount: 100 })]);

    await after(LATE_MS - 1_001);
    expect(booked()?.lines).toEqual([expect.objectContaining({ amount: 100 })]);
    await after(1);
    expect(booked()?.lines).toEqual([expect.objectContaining({ amount: 700 })]);
    expect(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect).toBe(
      tested.simulator.books.netTaxOf(() => true),
    );
    expect(await record()).toMatchObject({ status: 'synced', dueAt: null, doubtfulParts: 0, unansweredAt: null });
    const { transactions } = await tested.records.history((await record()).id);
    expect(transactions).toEqual([expect.objectContaining({ version: booked()?.version })]);
  });

  it('brings no invoice back that was voided meanwhile', async () => {
    const held = await giveUp();
    tested.host.put(ofAmount(100), 'voided');
    await after(1_000);
    expect(booked()).toBeUndefined();
    await arrives(held);
    expect(booked()?.state).toBe('normal');
    await after(LATE_MS);
    expect(booked()?.state).toBe('voided');
    expect(await record()).toMatchObject({ status: 'synced', dueAt: null, doubtfulParts: 0 });
  });

  it('keeps no document from its tax until then, and no credit note from its invoice', async () => {
    const held = await giveUp();
    await after(1_000);
    expect(await record()).toMatchObject({
      status: 'synced',
      problemCode: null,
      doubtfulParts: 1,
      dueAt: new Date(tested.clock.now().getTime() - 1_000 + LATE_MS),
    });
    const lines = [{ ...anInvoice().lines[0]!, id: 'credited', amount: -40, creditedLineId: 'line-1' }];
    await tested.finalize(anInvoice({ kind: 'credit_note', id: 'cn-1', creditedInvoiceId: 'inv-1', lines }));
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'synced', dueAt: null });
    held.release();
  });

  it('is confirmed once, and not again and again', async () => {
    const held = await giveUp();
    await after(1_000);
    await after(LATE_MS);
    const sent = calls();
    await after(10 * LATE_MS);
    await tested.finalize(ofAmount(100));
    expect(calls()).toBe(sent);
    held.release();
  });

  it('is no concern where nothing is known to arrive late', async () => {
    await tested.close();
    tested = await startModule({ requestTimeoutMs: 300, worker: { lateRequestMs: 0 } });
    const held = await giveUp();
    await after(1_000);
    expect(await record()).toMatchObject({ status: 'synced', dueAt: null, doubtfulParts: 0, unansweredAt: null });
    held.release();
  });

  it('is put right at once where its process lives on to hear that another one has the document', async () => {
    await tested.close();
    tested = await startModule();
    const held = tested.simulator.faults.hold(RECORD);
    await tested.sync.request(tested.host.put(ofAmount(100)));
    const slow = tested.worker.drain();
    await held.arrived;
    tested.host.put(ofAmount(700));
    await after(60_000);
    expect(booked()?.lines).toEqual([expect.objectContaining({ amount: 700 })]);
    held.release();
    // what it sent is the last that Anrok heard; it finds its lease gone, and looks again
    await slow;
    expect(booked()?.lines).toEqual([expect.objectContaining({ amount: 700 })]);
    expect(await record()).toMatchObject({ status: 'synced' });
  });
});
