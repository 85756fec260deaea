import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerCertificateService } from '@anrok-nest/module';
import { aLine, anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import type { TaxableLine, TaxDocument } from '@anrok-nest/tax';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const INVOICE = 'host:invoice:inv-1';

describe('a credit note', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  const invoice = (lines: TaxableLine[] = [aLine({ amount: 9_999 })]) => anInvoice({ lines });
  const note = (id: string, amount: number, changes: Partial<TaxDocument> = {}): TaxDocument =>
    anInvoice({
      kind: 'credit_note',
      id,
      accountingDate: '2026-04-20',
      taxDate: '2026-03-15',
      creditedInvoiceId: 'inv-1',
      lines: [aLine({ id: `${id}-line`, amount: -amount, creditedLineId: 'line-1' })],
      ...changes,
    });
  const put = async (document: TaxDocument, standing: 'final' | 'voided' = 'final') => {
    const reference = tested.host.put(document, standing);
    await tested.sync.request(reference);
    return reference;
  };
  const issue = async (id: string, amount: number, changes: Partial<TaxDocument> = {}) => {
    const reference = await put(note(id, amount, changes));
    await tested.worker.drain();
    return reference;
  };
  const taxOf = (id: string) => tested.host.taxesOf({ kind: 'credit_note', id })?.calculation.taxAmountToCollect;
  const booked = (id: string) => tested.simulator.books.transaction(`host:credit_note:${id}`);
  const net = () => tested.simulator.books.netTaxOf(() => true);
  const charged = () => tested.simulator.books.transaction(INVOICE)!.taxAmountToCollect;
  const statusOf = async (id: string) => (await tested.recordOf(id)).status;

  it('is recorded with negative lines, at the rates of its invoice’s day', async () => {
    await tested.finalize(invoice());
    const reference = await issue('cn-1', 5_000);
    expect(booked('cn-1')).toMatchObject({
      accountingDate: '2026-04-14', // the clock stands in March: 30 days ahead is the latest that Anrok takes
      taxDate: '2026-03-15',
      customerId: 'cus-1',
      lines: [{ id: 'cn-1-line', productExternalId: 'saas-business', amount: -5_000 }],
    });
    expect(taxOf('cn-1')).toBe(booked('cn-1')?.taxAmountToCollect);
    expectToAddUp(note('cn-1', 5_000), tested.host.taxesOf(reference)!.calculation, 'anrok');
  });

  it('takes back what was recorded: address, tax ids, customer and products of then', async () => {
    await tested.finalize(invoice());
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'not-taxable' });
    await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: 'another' });
    const moved = { id: 'cus-1', name: 'Moved', taxIds: ['DE123456789'], billingAddress: { country: 'DE' } };
    await issue('cn-1', 9_999, { customer: moved });
    const { address, taxIds, customerId, customerName } = tested.simulator.books.transaction(INVOICE)!;
    expect(booked('cn-1')).toMatchObject({
      address,
      taxIds,
      customerId,
      customerName,
      lines: [{ productExternalId: 'saas-business' }],
    });
    expect(net()).toBe(0);
  });

  it('gives back all the tax that was charged when the invoice is credited whole, in however many notes', async () => {
    await tested.finalize(invoice());
    for (const [id, amount] of Object.entries({ a: 3_333, b: 3_333, c: 3_332, d: 1 })) {
      await issue(id, amount);
      expect(net()).toBeGreaterThanOrEqual(0);
      expect(taxOf(id)).toBe(booked(id)?.taxAmountToCollect);
    }
    expect(net()).toBe(0);
    expect(booked('b')?.lines.map(({ amount }) => amount)).toEqual([-6_666, 3_333]);
    expectToAddUp(note('b', 3_333), tested.host.taxesOf({ kind: 'credit_note', id: 'b' })!.calculation, 'anrok');
  });

  it('makes room for others when it is voided', async () => {
    await tested.finalize(invoice());
    await issue('a', 3_333);
    await issue('b', 3_333);
    await put(note('a', 3_333), 'voided');
    await tested.worker.drain();
    expect(booked('a')?.state).toBe('voided');
    await issue('c', 6_666);
    expect(booked('c')?.lines.map(({ amount }) => amount)).toEqual([-3_333, -9_999, 6_666]);
    expect(net()).toBe(0);
  });

  it('is refused when more would be given back than was charged, and waits for others to make room', async () => {
    await tested.finalize(invoice());
    await issue('a', 9_000);
    await issue('b', 1_000);
    expect(await tested.recordOf('b')).toMatchObject({ status: 'failed', problemCode: 'credit_exceeds_invoice' });
    // voided in the host, and its turn comes after the other's
    tested.host.put(note('a', 9_000), 'voided');
    const { simulator, clock, sync, worker } = tested;
    simulator.faults.next('transactions.void', { kind: 'status', status: 503 });
    await sync.request({ kind: 'credit_note', id: 'a', customerId: 'cus-1' });
    await worker.drain();
    await issue('b', 1_000);
    expect(await tested.recordOf('b')).toMatchObject({ status: 'retrying', problemCode: 'credit_exceeds_invoice' });
    for (let minute = 0; minute < 5; minute++) {
      clock.advance(60_000);
      await worker.drain();
    }
    expect(await statusOf('b')).toBe('synced');
  });

  it('is never given the same part of a line as another that is processed at the same time', async () => {
    await tested.finalize(invoice());
    for (let i = 0; i < 9; i++) await put(note(`n${i}`, 1_111));
    await tested.worker.drain();
    expect(net()).toBe(0);
    expect(tested.simulator.books.transactions()).toHaveLength(10);
  });

  it('waits for its invoice, and goes on once that is recorded', async () => {
    tested.simulator.faults.next('transactions.createOrUpdate', { kind: 'status', status: 503 });
    await tested.finalize(invoice());
    const reference = await issue('cn-1', 5_000);
    expect(await tested.recordOf('cn-1')).toMatchObject({
      status: 'waiting',
      problemCode: 'credited_invoice_not_recorded',
    });
    expect(tested.host.problemOf(reference)).toMatchObject({ next: 'waiting' });
    tested.clock.advance(60_000);
    await tested.worker.drain();
    expect(await statusOf('cn-1')).toBe('synced');
    expect(tested.host.problemOf(reference)).toBeUndefined();
    expect(net()).toBe(charged() + booked('cn-1')!.taxAmountToCollect);
  });

  it.each([
    ['after the note', async () => void (await issue('cn-1', 2_000))],
    [
      'before the note',
      async () => {
        await put(invoice(), 'voided');
        await issue('cn-1', 2_000);
      },
    ],
  ])('counts nothing when its invoice is voided %s', async (_, credit) => {
    await tested.finalize(invoice());
    await credit();
    await put(invoice(), 'voided');
    await tested.worker.drain();
    expect(net()).toBe(0);
    expect(tested.simulator.books.transactions().every(({ state }) => state === 'voided')).toBe(true);
    expect([await statusOf('inv-1'), await statusOf('cn-1')]).toEqual(['synced', 'synced']);
  });

  it('counts nothing when its invoice is voided with it, in whatever order they are worked off', async () => {
    await tested.finalize(invoice());
    await tested.orm.em.fork().transactional(async () => {
      await put(note('cn-1', 9_999));
      await put(invoice(), 'voided');
    });
    await tested.worker.drain();
    expect(net()).toBe(0);
  });

  it('counts nothing when its invoice is negated after a filing, and is negated itself when it was filed too', async () => {
    await tested.finalize(invoice());
    await issue('a', 2_000);
    tested.simulator.freeze({ before: '2027-01-01' });
    await issue('b', 3_000);
    await put(invoice(), 'voided');
    await tested.worker.drain();
    expect(net()).toBe(0);
    expect(booked('a:negation')).toMatchObject({ negationOf: 'host:credit_note:a' });
    expect(booked('b')?.state).toBe('voided');
  });

  it('follows its invoice when that is recorded anew', async () => {
    await tested.finalize(invoice());
    await issue('cn-1', 9_999);
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'not-taxable' });
    await tested.finalize(invoice());
    expect(booked('cn-1')?.lines[0]).toMatchObject({ productExternalId: 'not-taxable' });
    expect(net()).toBe(0);
  });

  it('is undone when it is voided, also when that had no answer', async () => {
    await tested.finalize(invoice());
    await issue('cn-1', 2_000);
    tested.simulator.faults.next('transactions.void', { kind: 'loseAnswer', by: 'reset' });
    await put(note('cn-1', 2_000), 'voided');
    await tested.worker.drain();
    tested.clock.advance(60_000);
    await tested.worker.drain();
    expect(booked('cn-1')?.state).toBe('voided');
    expect(net()).toBe(charged());
  });

  describe('whose customer was exempted by a certificate', () => {
    const exempt = () =>
      tested.app.get(CustomerCertificateService).create({
        customerId: 'cus-1',
        customerName: 'Acme Inc',
        file: { name: 'certificate.pdf', contents: Buffer.from('resells everything') },
        effectiveFrom: '2026-01-01',
        jurisdictions: [{ id: 'us-CO' }],
      });
    const archive = (id: string) => tested.app.get(CustomerCertificateService).archive('cus-1', id);

    it.each([9_999, 5_000])('after the invoice does not keep the tax that was charged on %i', async (amount) => {
      await tested.finalize(invoice());
      const { id } = await exempt();
      const reference = await issue('cn-1', amount);
      expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'credit_tax_differs' });
      expect(tested.host.problemOf(reference)?.message).toContain('would compute a tax of 0');
      expect(booked('cn-1')).toBeUndefined();
      await archive(id);
      await issue('cn-1', amount);
      expect(net()).toBe(charged() + taxOf('cn-1')!);
      expect(taxOf('cn-1')).toBeLessThan(0);
    });

    it.each([9_999, 5_000])('before the invoice only gives back no tax on %i that was not charged', async (amount) => {
      const { id } = await exempt();
      await tested.finalize(invoice());
      await archive(id);
      await issue('cn-1', amount);
      expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'credit_tax_differs' });
      expect(net()).toBe(0);
    });

    it('stays as it was recorded when nothing else about it changes', async () => {
      await tested.finalize(invoice());
      await issue('cn-1', 5_000);
      const given = taxOf('cn-1');
      await exempt();
      await issue('cn-1', 5_000);
      expect(await statusOf('cn-1')).toBe('synced');
      expect(taxOf('cn-1')).toBe(given);
    });
  });

  it('that was moved to another invoice takes back nothing of the first, and no more of the other than is left', async () => {
    await tested.finalize(invoice());
    await tested.finalize(anInvoice({ ...invoice(), id: 'inv-2' }));
    await issue('cn-1', 9_999);
    await issue('cn-2', 9_999, { creditedInvoiceId: 'inv-2' });
    await issue('cn-1', 9_999, { creditedInvoiceId: 'inv-2' });
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'credit_exceeds_invoice' });
    await issue('cn-3', 9_999);
    expect(await statusOf('cn-3')).toBe('synced');
  });

  it('is refused in another currency than its invoice’s', async () => {
    await tested.finalize(invoice());
    await issue('cn-1', 5_000, { currency: 'EUR' });
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'invalid_tax_document' });
    expect(booked('cn-1')).toBeUndefined();
  });

  it('is tax-inclusive where its invoice is, whatever it says itself', async () => {
    await tested.finalize(invoice([aLine({ amount: 9_999, taxIncluded: true })]));
    await issue('cn-1', 9_999);
    expect(booked('cn-1')?.lines).toMatchObject([{ amount: -9_999, taxIncluded: true }]);
    expect(net()).toBe(0);
  });

  it('that credits a line twice is refused before Anrok hears of it', async () => {
    await tested.finalize(invoice());
    const line = aLine({ id: 'a', amount: -3_000, creditedLineId: 'line-1' });
    await issue('cn-1', 0, { lines: [line, { ...line, id: 'b', amount: -5_000 }] });
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'invalid_tax_document' });
    expect(booked('cn-1')).toBeUndefined();
  });

  it('of an invoice that was never Anrok’s is none of Anrok’s business', async () => {
    tested.host.put(invoice());
    await tested.links.unlink('cus-1');
    await issue('cn-1', 2_000);
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('of an invoice of a customer that is no longer linked is taken back where the invoice is', async () => {
    await tested.finalize(invoice());
    await tested.links.unlink('cus-1');
    await issue('cn-1', 9_999);
    expect(net()).toBe(0);
  });

  it('of such a customer is settled as any other, and its invoices are not', async () => {
    await tested.finalize(invoice());
    await tested.links.unlink('cus-1');
    expect(await tested.strategy.settle(note('cn-1', 9_999))).toEqual({ status: 'accepted' });
    await expect(tested.strategy.settle(invoice())).rejects.toMatchObject({ code: 'customer_not_linked' });
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
      await tested.finalize(invoice());
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
      const asking = put(note('cn-1', 5_000));
      while (!(await isLocked()));
      await other.commit();
      await asking;
      expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'pending', revision: 2 });
    },
  );

  onPostgreSql('is done too where it looked at its invoice while that was about to be written down', async () => {
    const held = tested.simulator.faults.hold('transactions.createOrUpdate');
    await tested.sync.request(tested.host.put(invoice()));
    const working = tested.worker.drain();
    await held.arrived;
    const looking = tested.orm.em.fork() as SqlEntityManager;
    await looking.begin();
    await looking.execute(`select 1 from anrok_sync_record where document_id = 'inv-1' for share`);
    held.release();
    while (!(await isLocked()));
    await issue('cn-1', 5_000);
    expect(await statusOf('cn-1')).toBe('waiting');
    await looking.commit();
    await working;
    await tested.worker.drain();
    expect([await statusOf('inv-1'), await statusOf('cn-1')]).toEqual(['synced', 'synced']);
    expect(booked('cn-1')).toMatchObject({ state: 'normal' });
  });
});
