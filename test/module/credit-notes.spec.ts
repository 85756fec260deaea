import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { creditedInvoice, creditNote, CreditNotes } from '../support/credit-notes.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const INVOICE = 'host:invoice:inv-1';

describe('a credit note', () => {
  let tested: ModuleUnderTest;
  let notes: CreditNotes;
  beforeEach(async () => {
    tested = await startModule();
    notes = new CreditNotes(tested);
  });
  afterEach(() => tested.close());

  it('is recorded with negative lines, at the rates of its invoice’s day', async () => {
    await tested.finalize(creditedInvoice());
    const reference = await notes.issue('cn-1', 5_000);
    expect(notes.booked('cn-1')).toMatchObject({
      accountingDate: '2026-04-14', // the clock stands in March: 30 days ahead is the latest that Anrok takes
      taxDate: '2026-03-15',
      customerId: 'cus-1',
      lines: [{ id: 'cn-1-line', productExternalId: 'saas-business', amount: -5_000 }],
    });
    expect(notes.taxOf('cn-1')).toBe(notes.booked('cn-1')?.taxAmountToCollect);
    expectToAddUp(creditNote('cn-1', 5_000), tested.host.taxesOf(reference)!.calculation, 'anrok');
  });

  it('takes back what was recorded: address, tax ids, customer and products of then', async () => {
    await tested.finalize(creditedInvoice());
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'not-taxable' });
    await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: 'another' });
    const moved = { id: 'cus-1', name: 'Moved', taxIds: ['DE123456789'], billingAddress: { country: 'DE' } };
    await notes.issue('cn-1', 9_999, { customer: moved });
    const { address, taxIds, customerId, customerName } = tested.simulator.books.transaction(INVOICE)!;
    expect(notes.booked('cn-1')).toMatchObject({
      address,
      taxIds,
      customerId,
      customerName,
      lines: [{ productExternalId: 'saas-business' }],
    });
    expect(notes.net()).toBe(0);
    expect(await tested.links.of(['cus-1'])).toMatchObject([{ anrokCustomerId: 'another', knownAt: null }]);
  });

  it('gives back all the tax that was charged when the invoice is credited whole, in however many notes', async () => {
    await tested.finalize(creditedInvoice());
    for (const [id, amount] of Object.entries({ a: 3_333, b: 3_333, c: 3_332, d: 1 })) {
      await notes.issue(id, amount);
      expect(notes.net()).toBeGreaterThanOrEqual(0);
      expect(notes.taxOf(id)).toBe(notes.booked(id)?.taxAmountToCollect);
    }
    expect(notes.net()).toBe(0);
    expect(notes.booked('b')?.lines.map(({ amount }) => amount)).toEqual([-6_666, 3_333]);
    expectToAddUp(creditNote('b', 3_333), tested.host.taxesOf({ kind: 'credit_note', id: 'b' })!.calculation, 'anrok');
  });

  it('makes room for others when it is voided', async () => {
    await tested.finalize(creditedInvoice());
    await notes.issue('a', 3_333);
    await notes.issue('b', 3_333);
    await notes.put(creditNote('a', 3_333), 'voided');
    await tested.worker.drain();
    expect(notes.booked('a')?.state).toBe('voided');
    await notes.issue('c', 6_666);
    expect(notes.booked('c')?.lines.map(({ amount }) => amount)).toEqual([-3_333, -9_999, 6_666]);
    expect(notes.net()).toBe(0);
  });

  it('is refused when more would be given back than was charged, and waits for others to make room', async () => {
    await tested.finalize(creditedInvoice());
    await notes.issue('a', 9_000);
    await notes.issue('b', 1_000);
    expect(await tested.recordOf('b')).toMatchObject({ status: 'failed', problemCode: 'credit_exceeds_invoice' });
    // voided in the host, and its turn comes after the other's
    tested.host.put(creditNote('a', 9_000), 'voided');
    const { simulator, clock, sync, worker } = tested;
    simulator.faults.next('transactions.void', { kind: 'status', status: 503 });
    await sync.request({ kind: 'credit_note', id: 'a', customerId: 'cus-1' });
    await worker.drain();
    await notes.issue('b', 1_000);
    expect(await tested.recordOf('b')).toMatchObject({ status: 'retrying', problemCode: 'credit_exceeds_invoice' });
    for (let minute = 0; minute < 5; minute++) {
      clock.advance(60_000);
      await worker.drain();
    }
    expect(await notes.statusOf('b')).toBe('synced');
  });

  it('is never given the same part of a line as another that is processed at the same time', async () => {
    await tested.finalize(creditedInvoice());
    for (let i = 0; i < 9; i++) await notes.put(creditNote(`n${i}`, 1_111));
    await tested.worker.drain();
    expect(notes.net()).toBe(0);
    expect(tested.simulator.books.transactions()).toHaveLength(10);
  });

  it('waits for its invoice, and goes on once that is recorded', async () => {
    tested.simulator.faults.next('transactions.createOrUpdate', { kind: 'status', status: 503 });
    await tested.finalize(creditedInvoice());
    const reference = await notes.issue('cn-1', 5_000);
    expect(await tested.recordOf('cn-1')).toMatchObject({
      status: 'waiting',
      problemCode: 'credited_invoice_not_recorded',
    });
    expect(tested.host.problemOf(reference)).toMatchObject({ next: 'waiting' });
    tested.clock.advance(60_000);
    await tested.worker.drain();
    expect(await notes.statusOf('cn-1')).toBe('synced');
    expect(tested.host.problemOf(reference)).toBeUndefined();
    expect(notes.net()).toBe(notes.charged() + notes.booked('cn-1')!.taxAmountToCollect);
  });

  it.each([
    ['after the note', async () => void (await notes.issue('cn-1', 2_000))],
    [
      'before the note',
      async () => {
        await notes.put(creditedInvoice(), 'voided');
        await notes.issue('cn-1', 2_000);
      },
    ],
  ])('counts nothing when its invoice is voided %s', async (_, credit) => {
    await tested.finalize(creditedInvoice());
    await credit();
    await notes.put(creditedInvoice(), 'voided');
    await tested.worker.drain();
    expect(notes.net()).toBe(0);
    expect(tested.simulator.books.transactions().every(({ state }) => state === 'voided')).toBe(true);
    expect([await notes.statusOf('inv-1'), await notes.statusOf('cn-1')]).toEqual(['synced', 'synced']);
  });

  it('counts nothing when its invoice is voided with it, in whatever order they are worked off', async () => {
    await tested.finalize(creditedInvoice());
    await tested.orm.em.fork().transactional(async () => {
      await notes.put(creditNote('cn-1', 9_999));
      await notes.put(creditedInvoice(), 'voided');
    });
    await tested.worker.drain();
    expect(notes.net()).toBe(0);
  });

  it('counts nothing when its invoice is negated after a filing, and is negated itself when it was filed too', async () => {
    await tested.finalize(creditedInvoice());
    await notes.issue('a', 2_000);
    tested.simulator.freeze({ before: '2027-01-01' });
    await notes.issue('b', 3_000);
    await notes.put(creditedInvoice(), 'voided');
    await tested.worker.drain();
    expect(notes.net()).toBe(0);
    expect(notes.booked('a:negation')).toMatchObject({ negationOf: 'host:credit_note:a' });
    expect(notes.booked('b')?.state).toBe('voided');
  });

  it('follows its invoice when that is recorded anew', async () => {
    await tested.finalize(creditedInvoice());
    await notes.issue('cn-1', 9_999);
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'not-taxable' });
    await tested.finalize(creditedInvoice());
    expect(notes.booked('cn-1')?.lines[0]).toMatchObject({ productExternalId: 'not-taxable' });
    expect(notes.net()).toBe(0);
  });

  it('is undone when it is voided, also when that had no answer', async () => {
    await tested.finalize(creditedInvoice());
    await notes.issue('cn-1', 2_000);
    tested.simulator.faults.next('transactions.void', { kind: 'loseAnswer', by: 'reset' });
    await notes.put(creditNote('cn-1', 2_000), 'voided');
    await tested.worker.drain();
    tested.clock.advance(60_000);
    await tested.worker.drain();
    expect(notes.booked('cn-1')?.state).toBe('voided');
    expect(notes.net()).toBe(notes.charged());
  });

  it('that was moved to another invoice takes back nothing of the first, and no more of the other than is left', async () => {
    await tested.finalize(creditedInvoice());
    await tested.finalize(anInvoice({ ...creditedInvoice(), id: 'inv-2' }));
    await notes.issue('cn-1', 9_999);
    await notes.issue('cn-2', 9_999, { creditedInvoiceId: 'inv-2' });
    await notes.issue('cn-1', 9_999, { creditedInvoiceId: 'inv-2' });
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'credit_exceeds_invoice' });
    await notes.issue('cn-3', 9_999);
    expect(await notes.statusOf('cn-3')).toBe('synced');
  });

  it('of an invoice that was never Anrok’s is none of Anrok’s business', async () => {
    tested.host.put(creditedInvoice());
    await tested.links.unlink('cus-1');
    await notes.issue('cn-1', 2_000);
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('of an invoice of a customer that is no longer linked is taken back where the invoice is', async () => {
    await tested.finalize(creditedInvoice());
    await tested.links.unlink('cus-1');
    await notes.issue('cn-1', 9_999);
    expect(notes.net()).toBe(0);
  });

  it('of such a customer is settled as any other, and its invoices are not', async () => {
    await tested.finalize(creditedInvoice());
    await tested.links.unlink('cus-1');
    expect(await tested.strategy.settle(creditNote('cn-1', 9_999))).toEqual({ status: 'accepted' });
    await expect(tested.strategy.settle(creditedInvoice())).rejects.toMatchObject({ code: 'customer_not_linked' });
  });

  // SQLite has one writer at a time
  const onPostgreSql = process.env['DATABASE_URL'] ? it : it.skip;
  const isLocked = async () => {
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock'`;
    return (await (tested.orm.em.fork() as SqlEntityManager).execute<unknown[]>(waiting)).length > 0;
  };

  onPostgreSql(
    'is asked for twice by two that ask for it at the same time, also of a customer without a link',
    async () => {
      await tested.finalize(creditedInvoice());
      await tested.links.unlink('cus-1');
      const other = tested.orm.em.fork() as SqlEntityManager;
      await other.begin();
      await other.execute(
        `insert into anrok_sync_record
         (id, connection_id, document_kind, document_id, customer_id, status, revision, due_at, requested_at)
       select gen_random_uuid(), connection_id, 'credit_note', 'cn-1', customer_id, 'pending', 1, requested_at, requested_at
       from anrok_sync_record where document_id = 'inv-1'`,
        [],
        'run',
      );
      const asking = notes.put(creditNote('cn-1', 5_000));
      while (!(await isLocked()));
      await other.commit();
      await asking;
      expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'pending', revision: 2 });
    },
  );

  onPostgreSql('is done too where it looked at its invoice while that was about to be written down', async () => {
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    await tested.sync.request(tested.host.put(creditedInvoice()));
    const working = tested.worker.drain();
    await held.arrived;
    const looking = tested.orm.em.fork() as SqlEntityManager;
    await looking.begin();
    await looking.execute(`select 1 from anrok_sync_record where document_id = 'inv-1' for share`);
    held.release();
    while (!(await isLocked()));
    await notes.issue('cn-1', 5_000);
    expect(await notes.statusOf('cn-1')).toBe('waiting');
    await looking.commit();
    await working;
    await tested.worker.drain();
    expect([await notes.statusOf('inv-1'), await notes.statusOf('cn-1')]).toEqual(['synced', 'synced']);
    expect(notes.booked('cn-1')).toMatchObject({ state: 'normal' });
  });
});
