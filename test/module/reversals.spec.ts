import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TAX_RECOVERED, TAX_VOIDED } from '@anrok-nest/module';
import type { Fault } from '@anrok-nest/simulator';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const ID = 'host:invoice:inv-1';
const VOID = 'transactions.void';
const NEGATE = 'transactions.createNegation';

describe('an invoice that is taken back', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 1_500 });
  });
  afterEach(() => tested.close());

  const reference = { kind: 'invoice', id: 'inv-1', customerId: 'cus-1' } as const;
  const record = () => tested.recordOf('inv-1');
  const booked = () => tested.simulator.books.transactions();
  const net = () => tested.simulator.books.netTaxOf(() => true);
  const become = async (standing: 'voided' | 'disputeLost', event: string) => {
    tested.host.put(anInvoice(), standing);
    await tested.orm.em
      .fork()
      .transactional(() => tested.events.emitAsync(event, { invoiceId: 'inv-1', customerId: 'cus-1' }));
    await tested.worker.drain();
  };
  const voidIt = () => become('voided', 'invoice.voided');
  const change = (amount: number) => tested.finalize(anInvoice({ lines: [aLine({ amount })] }));
  const later = async () => {
    tested.clock.advance(60_000);
    await tested.worker.drain();
  };
  const history = async () => (await tested.records.history((await record()).id)).transactions;

  it('is void at Anrok once it is void in the host, at the version that was recorded', async () => {
    const told: unknown[] = [];
    tested.events.on(TAX_VOIDED, (event) => told.push(event));
    await tested.finalize(anInvoice());
    await voidIt();
    expect(booked()).toEqual([expect.objectContaining({ id: ID, state: 'voided' })]);
    expect(tested.simulator.calls.of(VOID)[0]?.body).toMatchObject({ transactionExpectedVersion: 1 });
    expect(await record()).toMatchObject({ status: 'synced', taxAmount: null, doubtfulParts: 0 });
    expect(await history()).toEqual([expect.objectContaining({ transactionId: ID, state: 'voided' })]);
    expect(told).toEqual([{ document: reference, recordId: (await record()).id, transactionIds: [ID] }]);
    expect(tested.host.taxesOf(reference)).toBeUndefined();
  });

  it('as a fee that is on no invoice is void at Anrok once the host has it no more', async () => {
    const fee = await tested.finalize(anInvoice({ kind: 'fee', id: 'fee-1' }));
    tested.host.remove(fee);
    await tested.orm.em
      .fork()
      .transactional(() => tested.events.emitAsync('fee.voided', { feeId: 'fee-1', customerId: 'cus-1' }));
    await tested.worker.drain();
    expect(booked()).toEqual([expect.objectContaining({ id: 'host:fee:fee-1', state: 'voided' })]);
  });

  it('is void at Anrok when its dispute is lost', async () => {
    await tested.finalize(anInvoice());
    await become('disputeLost', 'invoice.disputed');
    expect(booked()).toEqual([expect.objectContaining({ id: ID, state: 'voided' })]);
  });

  it('is not voided a second time when its dispute is lost after it was voided', async () => {
    await tested.finalize(anInvoice());
    await voidIt();
    await become('disputeLost', 'invoice.disputed');
    expect(tested.simulator.calls.of(VOID)).toHaveLength(1);
    expect(await record()).toMatchObject({ status: 'synced' });
  });

  it('is never recorded when it is void before its turn came', async () => {
    tested.host.put(anInvoice());
    await tested.sync.request(reference);
    await voidIt();
    expect(tested.simulator.calls.all()).toEqual([]);
    expect(await record()).toMatchObject({ status: 'synced' });
  });

  it('is negated when it is frozen for filing', async () => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    await voidIt();
    expect(booked()).toEqual([
      expect.objectContaining({ id: ID, state: 'normal', frozen: true }),
      expect.objectContaining({ id: `${ID}:negation`, negationOf: ID }),
    ]);
    expect(net()).toBe(0);
    expect(tested.simulator.calls.of(NEGATE)[0]?.body).toMatchObject({ originalTransactionExpectedVersion: 1 });
    expect(await history()).toEqual([expect.objectContaining({ transactionId: ID, state: 'negated' })]);
    await tested.sync.request(reference);
    await tested.worker.drain();
    expect(tested.simulator.calls.of(NEGATE)).toHaveLength(1);
  });

  it('is negated and recorded anew when it is corrected after it was frozen', async () => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    const invoice = await change(20_000);
    const [first, ...rest] = booked();
    expect(first).toMatchObject({ id: ID, frozen: true });
    expect(rest.map(({ id }) => id).toSorted()).toEqual([`${ID}:g2`, `${ID}:negation`]);
    const taxes = tested.host.taxesOf(invoice);
    expect(taxes?.transactionIds).toEqual([`${ID}:g2`]);
    expect(net()).toBe(taxes?.calculation.taxAmountToCollect);
    expect(await record()).toMatchObject({ status: 'synced', generation: 2 });

    tested.simulator.freezeTransaction(`${ID}:g2`);
    await change(5_000);
    expect(net()).toBe(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect);
    expect(await record()).toMatchObject({ status: 'synced', generation: 3 });
    await voidIt();
    expect(net()).toBe(0);
  });

  it('of several parts is negated in all that are frozen, and voided in the others', async () => {
    const lines = (amount: number) => Array.from({ length: 2_401 }, (_, index) => aLine({ id: `l${index}`, amount }));
    await tested.finalize(anInvoice({ lines: lines(100) }));
    tested.simulator.freezeTransaction(`${ID}:part2`);
    const invoice = await tested.finalize(anInvoice({ lines: lines(200) }));
    expect(net()).toBe(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect);
    expect((await history()).map(({ transactionId, state }) => [transactionId, state])).toEqual([
      [ID, 'voided'],
      [`${ID}:g2`, 'recorded'],
      [`${ID}:g2:part2`, 'recorded'],
      [`${ID}:g2:part3`, 'recorded'],
      [`${ID}:part2`, 'negated'],
      [`${ID}:part3`, 'voided'],
    ]);
  });

  const lost: [string, Fault][] = [
    ['lost its answer', { kind: 'loseAnswer', by: 'reset' }],
    ['timed out after it was done', { kind: 'loseAnswer', by: 'timeout' }],
    ['was not done', { kind: 'status', status: 503 }],
    ['got half an answer', { kind: 'truncate' }],
  ];
  it.each(lost)('is void once when the void %s', async (_, fault) => {
    await tested.finalize(anInvoice());
    tested.simulator.faults.next(VOID, fault);
    await voidIt();
    expect(await record()).toMatchObject({ status: 'retrying' });
    const recovered: unknown[] = [];
    tested.events.on(TAX_RECOVERED, (event) => recovered.push(event));
    await later();
    expect(await record()).toMatchObject({ status: 'synced' });
    expect(booked()).toEqual([expect.objectContaining({ id: ID, state: 'voided' })]);
    expect(recovered).toHaveLength(1);
    expect(tested.host.problemOf(reference)).toBeUndefined();
  });

  it.each(lost)('is negated once when the negation %s', async (_, fault) => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    tested.simulator.faults.next(NEGATE, fault);
    await voidIt();
    await later();
    expect(await record()).toMatchObject({ status: 'synced' });
    expect(booked()).toHaveLength(2);
    expect(net()).toBe(0);
  });

  it.each(lost)('and corrected after it was frozen is right once more when the negation %s', async (_, fault) => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    tested.simulator.faults.next(NEGATE, fault);
    const invoice = await change(20_000);
    await later();
    expect(await record()).toMatchObject({ status: 'synced', generation: 2 });
    expect(net()).toBe(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect);
  });

  it('counts once when it is changed back while its negation had no answer', async () => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    tested.simulator.faults.next(NEGATE, { kind: 'loseAnswer', by: 'reset' });
    await voidIt();
    const invoice = tested.host.put(anInvoice());
    await later();
    expect(await record()).toMatchObject({ status: 'synced' });
    expect(net()).toBe(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect);
  });

  it('counts nothing when its filing is opened again while its negation had no answer', async () => {
    await tested.finalize(anInvoice());
    tested.simulator.freezeTransaction(ID);
    tested.simulator.faults.next(NEGATE, { kind: 'loseAnswer', by: 'reset' });
    await voidIt();
    tested.simulator.unfreeze();
    await later();
    expect(await record()).toMatchObject({ status: 'synced' });
    expect(net()).toBe(0);
  });

  it('is looked at again when somebody else changed it at Anrok', async () => {
    await tested.finalize(anInvoice());
    const { answer: _, ...transaction } = booked()[0]!;
    expect(transaction.version).toBe(1);
    tested.simulator.faults.next(VOID, {
      kind: 'status',
      status: 409,
      body: { type: 'transactionExpectedVersionMismatch' },
    });
    await voidIt();
    expect(await record()).toMatchObject({ status: 'retrying', problemCode: 'transaction_changed', doubtfulParts: 1 });
    await later();
    expect(await record()).toMatchObject({ status: 'synced' });
    expect(booked()).toEqual([expect.objectContaining({ id: ID, state: 'voided' })]);
  });
});

describe('with lost disputes kept', () => {
  it('an invoice whose dispute is lost stays in the returns', async () => {
    const tested = await startModule({ lostDispute: 'keep' });
    const invoice = await tested.finalize(anInvoice());
    tested.host.put(anInvoice(), 'disputeLost');
    await tested.sync.request(invoice);
    await tested.worker.drain();
    expect(tested.simulator.books.transactions()).toEqual([expect.objectContaining({ state: 'normal' })]);
    expect(tested.host.taxesOf(invoice)).toBeDefined();
    await tested.close();
  });
});
