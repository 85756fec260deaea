import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HeldTransaction, TAX_APPLIED } from '@anrok-nest/module';
import { aLine, anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import type { TaxDocument } from '@anrok-nest/tax';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('a finalized document', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  const finalize = (document: TaxDocument) => tested.finalize(document);
  const recordOf = (documentId: string) => tested.recordOf(documentId);
  const recordings = () => tested.simulator.calls.of('transactions.createOrUpdate');

  it('is recorded at Anrok, and has the tax that Anrok said, to the cent', async () => {
    const document = anInvoice({ lines: [aLine({ amount: 15_000 }), aLine({ id: 'line-2', taxIncluded: true })] });
    const invoice = await finalize(document);
    const [transaction] = tested.simulator.books.transactions();
    expect(transaction).toMatchObject({ id: 'host:invoice:inv-1', version: 1, customerId: 'cus-1' });
    const taxes = tested.host.taxesOf(invoice);
    expect(taxes).toMatchObject({
      transactionIds: ['host:invoice:inv-1'],
      calculation: { taxAmountToCollect: transaction?.taxAmountToCollect },
    });
    expectToAddUp(document, taxes!.calculation, 'anrok');
    expect(await recordOf('inv-1')).toMatchObject({
      status: 'synced',
      taxAmount: transaction?.taxAmountToCollect,
      currency: 'USD',
      problem: null,
      failures: 0,
      doubtfulParts: 0,
      leaseOwner: null,
      dueAt: null,
      syncedAt: tested.clock.now(),
    });
  });

  it('is told of after the commit, with what was applied', async () => {
    const told: unknown[] = [];
    const listener: (event: unknown) => unknown = async (event) => {
      told.push(event, (await recordOf('inv-1')).status);
    };
    tested.events.on(TAX_APPLIED, listener);
    await finalize(anInvoice());
    const record = await recordOf('inv-1');
    expect(told).toEqual([
      {
        document: { kind: 'invoice', id: 'inv-1', customerId: 'cus-1' },
        recordId: record.id,
        taxAmount: record.taxAmount,
        currency: 'USD',
        transactionIds: ['host:invoice:inv-1'],
      },
      'synced',
    ]);
  });

  it('leaves its attempt on record, with what was said and answered and how long it took', async () => {
    await finalize(anInvoice());
    const { attempts, transactions } = await tested.records.history((await recordOf('inv-1')).id);
    expect(attempts).toEqual([
      expect.objectContaining({
        outcome: 'applied',
        problemCode: null,
        exchanges: [
          {
            operation: 'transactions.createOrUpdate',
            path: '/v1/seller/transactions/createOrUpdate',
            request: expect.objectContaining({ id: 'host:invoice:inv-1', customerName: 'Acme Inc' }),
            status: 200,
            response: expect.objectContaining({ version: 1 }),
            startedAt: expect.any(String),
            durationMs: expect.any(Number),
          },
        ],
      }),
    ]);
    expect(transactions).toEqual([
      expect.objectContaining({ transactionId: 'host:invoice:inv-1', version: 1, state: 'recorded' }),
    ]);
  });

  it('makes its customer known at Anrok', async () => {
    expect((await tested.links.of(['cus-1']))[0]?.knownAt).toBeNull();
    await finalize(anInvoice());
    expect((await tested.links.of(['cus-1']))[0]?.knownAt).toEqual(tested.clock.now());
    expect(tested.simulator.books.customers()).toEqual([expect.objectContaining({ id: 'cus-1', name: 'Acme Inc' })]);
  });

  it('makes nobody known at Anrok while nothing is recorded', async () => {
    await finalize(anInvoice({ lines: [aLine({ amount: 0 })] }));
    expect(await recordOf('inv-1')).toMatchObject({ status: 'synced' });
    expect((await tested.links.of(['cus-1']))[0]?.knownAt).toBeNull();
  });

  it('is recorded for the customer that Anrok has, when it is linked to one', async () => {
    await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: 'acme-at-anrok' });
    await finalize(anInvoice());
    expect(tested.simulator.books.transactions()[0]?.customerId).toBe('acme-at-anrok');
  });

  it('keeps its transaction id when it is corrected', async () => {
    await finalize(anInvoice());
    await finalize(anInvoice({ lines: [aLine({ amount: 20_000 })] }));
    expect(tested.simulator.books.transactions()).toEqual([
      expect.objectContaining({ id: 'host:invoice:inv-1', version: 2 }),
    ]);
  });

  it('is not sent again unchanged, and gets its taxes all the same', async () => {
    const invoice = await finalize(anInvoice());
    const first = tested.host.taxesOf(invoice);
    await finalize(anInvoice());
    expect(recordings()).toHaveLength(1);
    expect(tested.host.taxesOf(invoice)).toMatchObject({ calculation: first?.calculation, version: '2' });
  });

  it('is taxed anew when it changes while Anrok computes', async () => {
    const invoice = tested.host.put(anInvoice());
    await tested.sync.request(invoice);
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.worker.drain();
    await held.arrived;
    tested.host.put(anInvoice({ lines: [aLine({ amount: 99_900 })] }));
    await tested.sync.request(invoice);
    held.release();
    await working;
    tested.clock.advance(1_000);
    await tested.worker.drain();
    const booked = tested.simulator.books.transaction('host:invoice:inv-1');
    expect(booked?.lines[0]?.amount).toBe(99_900);
    expect(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect).toBe(booked?.taxAmountToCollect);
  });

  it('that was requested again during its run goes round once more', async () => {
    const invoice = tested.host.put(anInvoice());
    await tested.sync.request(invoice);
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    const working = tested.worker.drain();
    await held.arrived;
    await tested.sync.request(invoice);
    expect(await recordOf('inv-1')).toMatchObject({ status: 'processing', revision: 2 });
    expect(await tested.worker.drain()).toBe(0);
    held.release();
    await working;
    expect(await recordOf('inv-1')).toMatchObject({ status: 'synced', revision: 2 });
    const { attempts } = await tested.records.history((await recordOf('inv-1')).id);
    expect(attempts).toHaveLength(2);
  });

  it('with nothing to tax asks nothing of Anrok and has a tax of zero, said by nobody but arithmetic', async () => {
    const invoice = await finalize(anInvoice({ lines: [aLine({ amount: 0 })] }));
    expect(tested.simulator.calls.all()).toEqual([]);
    expect(tested.host.taxesOf(invoice)).toMatchObject({ transactionIds: [], calculation: { totalAmount: 0 } });
    expect(await recordOf('inv-1')).toMatchObject({ status: 'synced', taxAmount: 0 });
  });

  it('that is a draft again, or gone, is void at Anrok', async () => {
    await finalize(anInvoice());
    const invoice = tested.host.put(anInvoice(), 'draft');
    await tested.sync.request(invoice);
    await tested.worker.drain();
    expect(tested.simulator.books.transaction('host:invoice:inv-1')?.state).toBe('voided');
    await finalize(anInvoice());
    expect(tested.simulator.books.transaction('host:invoice:inv-1')?.state).toBe('normal');
    tested.host.remove(invoice);
    await tested.sync.request(invoice);
    await tested.worker.drain();
    expect(tested.simulator.books.transaction('host:invoice:inv-1')?.state).toBe('voided');
    expect(tested.simulator.books.netTaxOf(() => true)).toBe(0);
  });

  it('that has an id twice in its lines is refused before Anrok hears of it', async () => {
    await finalize(anInvoice({ lines: [aLine(), aLine({ item: { type: 'add_on', id: 'other' } })] }));
    expect(await recordOf('inv-1')).toMatchObject({ status: 'failed', problemCode: 'invalid_tax_document' });
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('is refused where the host answers another one', async () => {
    const another = await tested.host.loadDocument(tested.host.put(anInvoice({ id: 'inv-2' })));
    tested.host.loadDocument = async () => another;
    await finalize(anInvoice());
    expect(await recordOf('inv-1')).toMatchObject({ status: 'failed', problemCode: 'invalid_tax_document' });
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('that is a draft is not recorded', async () => {
    await tested.sync.request(tested.host.put(anInvoice(), 'draft'));
    await tested.worker.drain();
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  describe('with more lines than a transaction takes', () => {
    const long = (count: number) =>
      anInvoice({ lines: Array.from({ length: count }, (_, index) => aLine({ id: `l${index}`, amount: 999 })) });

    it('is recorded in parts and taxed as one', async () => {
      const invoice = await finalize(long(1_201));
      const transactions = tested.simulator.books.transactions();
      expect(transactions.map(({ id, lines }) => [id, lines.length])).toEqual([
        ['host:invoice:inv-1', 1_200],
        ['host:invoice:inv-1:part2', 1],
      ]);
      const taxes = tested.host.taxesOf(invoice);
      expect(taxes?.transactionIds).toEqual(transactions.map(({ id }) => id));
      expect(taxes?.calculation.taxAmountToCollect).toBe(tested.simulator.books.netTaxOf(() => true));
      expectToAddUp(long(1_201), taxes!.calculation, 'anrok');
    });

    it('leaves no part behind when it becomes shorter', async () => {
      await finalize(long(1_201));
      const invoice = await finalize(long(3));
      expect(tested.simulator.books.transaction('host:invoice:inv-1:part2')?.state).toBe('voided');
      expect(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect).toBe(
        tested.simulator.books.netTaxOf(() => true),
      );
      const held = await tested.orm.em.fork().find(HeldTransaction, {}, { orderBy: { transactionId: 'asc' } });
      expect(held.map(({ state }) => state)).toEqual(['recorded', 'voided']);
    });

    it.each([
      ['and it was there', { kind: 'loseAnswer', by: 'reset' }, 'voided'],
      ['and it never was', { kind: 'reset' }, undefined],
    ] as const)('leaves no part behind of which the answer was lost, %s', async (_, fault, state) => {
      const { faults, books } = tested.simulator;
      faults.next('transactions.createOrUpdate', { kind: 'call' });
      faults.next('transactions.createOrUpdate', fault);
      await finalize(long(1_201));
      expect(books.transactions()).toHaveLength(state ? 2 : 1);
      tested.clock.advance(1_000);
      const invoice = await finalize(long(3));
      expect(books.transaction('host:invoice:inv-1:part2')?.state).toBe(state);
      expect(await recordOf('inv-1')).toMatchObject({ status: 'synced' });
      expect(tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect).toBe(books.netTaxOf(() => true));
    });
  });

  it('is corrected at Anrok also after its customer has lost the link', async () => {
    await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: 'acme-at-anrok' });
    await finalize(anInvoice());
    await tested.links.unlink('cus-1');
    await finalize(anInvoice({ lines: [aLine({ amount: 5 })] }));
    expect(tested.simulator.books.transaction('host:invoice:inv-1')).toMatchObject({
      version: 2,
      customerId: 'acme-at-anrok',
      lines: [{ amount: 5 }],
    });
  });

  describe('of a customer that moves to another connection', () => {
    const second = 'other/key1/secret.other';

    it('leaves nothing at the new one that nobody knows of, when the process dies there', async () => {
      const { faults } = tested.simulator;
      const invoice = tested.host.put(anInvoice());
      await tested.sync.request(invoice);
      const other = await tested.connections.create({ code: 'other', name: 'Other', apiKey: tested.simulator.apiKey });
      const product = { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' };
      await tested.mappings.upsert('other', product);
      await tested.links.link({ customerId: 'cus-1', connectionCode: 'other' });
      const held = faults.hold('transactions.createOrUpdate');
      const dying = tested.worker.drain();
      await held.arrived;
      expect(await recordOf('inv-1')).toMatchObject({ connection: { id: other.id }, doubtfulParts: 1 });
      held.release();
      await dying;
    });

    it('stays where it was recorded, so that its tax never counts twice', async () => {
      await finalize(anInvoice());
      await tested.connections.create({ code: 'other', name: 'Other', apiKey: second });
      await tested.links.link({ customerId: 'cus-1', connectionCode: 'other' });
      await finalize(anInvoice({ lines: [aLine({ amount: 500 })] }));
      expect(tested.simulator.books.transaction('host:invoice:inv-1')).toMatchObject({ version: 2 });
    });

    it('moves with it as long as nothing was recorded', async () => {
      const other = await tested.connections.create({ code: 'other', name: 'Other', apiKey: second });
      await tested.links.link({ customerId: 'cus-1', connectionCode: 'other' });
      await finalize(anInvoice());
      expect(await recordOf('inv-1')).toMatchObject({ status: 'waiting', problemCode: 'item_not_mapped' });
      expect((await recordOf('inv-1')).connection.id).toBe(other.id);
      await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok' });
      await tested.worker.drain();
      expect(tested.simulator.books.transaction('host:invoice:inv-1')).toMatchObject({ version: 1 });
      const anrok = await tested.connections.byCode('anrok');
      expect((await recordOf('inv-1')).connection.id).toBe(anrok.id);
    });
  });
});
