import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryRateLimiter } from '@anrok-nest/client';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { bookedOf, later, problemOf } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const HOUR = 3_600_000;

describe('an invoice that gets no tax', () => {
  let host: HostUnderTest;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
  });
  afterEach(() => host.close());

  const expectTaxed = async ({ lago_id }: { lago_id: string }) => {
    const invoice = await host.reload(lago_id);
    expect(invoice).toMatchObject({ status: 'finalized', error_details: [] });
    expect(invoice.taxes_amount_cents).toBe(bookedOf(host, invoice)?.taxAmountToCollect);
  };

  it('D8: over an outage without end is failed and not pending for ever, and can be retried', async () => {
    host.simulator.faults.always('any', { kind: 'reset' });
    const invoice = await host.invoice('acme', {});
    expect(invoice.status).toBe('pending');
    for (let day = 0; day < 4; day++) await later(host, 24 * HOUR);
    expect(await host.reload(invoice.lago_id)).toMatchObject({ status: 'failed', number: invoice.number });
    host.simulator.faults.clear();
    await host.lago.invoices.retryInvoice(invoice.lago_id);
    await host.work();
    await expectTaxed(invoice);
  });

  it('D9: because of Anrok’s limit is retried by itself', async () => {
    const busy = { kind: 'status', status: 429, body: 'You have exceeded the API limit.' } as const;
    host.simulator.faults.next('transactions.createOrUpdate', busy);
    const invoice = await host.invoice('acme', {});
    expect(host.simulator.calls.of('transactions.createOrUpdate').map(({ status }) => status)).toEqual([429, 200]);
    await expectTaxed(invoice);
  });

  it('D31: says what happened and what to do, also when there was no answer at all', async () => {
    host.simulator.faults.next('transactions.createOrUpdate', { kind: 'reset' });
    const invoice = await host.invoice('acme', {});
    expect(problemOf(invoice)).toMatchObject({
      tax_error: 'anrok_network_error',
      tax_error_message: expect.stringMatching(/\w.*\.$/),
      remedy: expect.stringMatching(/\w.*\.$/),
    });
  });

  it('D35: because its link went away says so, and is taxed as its customer is by then when it is retried', async () => {
    await host.stock('rare', 10_000);
    const invoice = await host.invoice('acme', { add_on_code: 'rare', unit_amount_cents: 10_000 });
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', integration_customers: [] as never } });
    await host.map({ itemType: 'add_on', itemId: 'rare', productExternalId: 'saas-business' });
    await host.work();
    const failed = await host.reload(invoice.lago_id);
    expect(failed).toMatchObject({ status: 'failed' });
    expect(problemOf(failed)).toMatchObject({ tax_error: 'customer_not_linked' });
    await host.lago.invoices.retryInvoice(invoice.lago_id);
    const atFlatRate = { status: 'finalized', taxes_amount_cents: 1_000, error_details: [] };
    expect(await host.reload(invoice.lago_id)).toMatchObject(atFlatRate);
    await host.customer('acme');
    await host.work();
    expect(await host.reload(invoice.lago_id)).toMatchObject(atFlatRate);
    expect(host.simulator.books.transactions()).toEqual([]);
  });
});

describe('a call of the module', () => {
  let tested: ModuleUnderTest;
  let places: number;
  beforeEach(async () => {
    const limiter = new InMemoryRateLimiter({ requestsPerSecond: 10_000 });
    places = 0;
    const rateLimiter = {
      acquire: (...asked: Parameters<InMemoryRateLimiter['acquire']>) => {
        places += 1;
        return limiter.acquire(...asked);
      },
      pause: () => {}, // time stands still here
    };
    tested = await startModule({}, { rateLimiter });
  });
  afterEach(() => tested.close());

  const busy = { kind: 'status', status: 429, headers: { 'Retry-After': '40' } } as const;
  const voided = async () => {
    await tested.sync.request(tested.host.put(anInvoice(), 'voided'));
    await tested.worker.drain();
  };
  const credit = () =>
    tested.finalize(
      anInvoice({
        kind: 'credit_note',
        id: 'note',
        creditedInvoiceId: 'inv-1',
        lines: [aLine({ id: 'back', amount: -10_000, creditedLineId: 'line-1' })],
      }),
    );
  const filed = async () => {
    tested.simulator.freeze({ before: '2100-01-01' });
    await voided();
  };

  it.each([
    ['a recording', 'transactions.createOrUpdate', () => tested.finalize(anInvoice({ id: 'other' })), 'other'],
    ['a credit note', 'transactions.createOrUpdate', credit, 'note'],
    ['a void', 'transactions.void', voided, 'inv-1'],
    ['a negation', 'transactions.createNegation', filed, 'inv-1'],
  ] as const)('D28: %s waits as long as Anrok asks, and is then made good', async (_, operation, act, id) => {
    await tested.finalize(anInvoice());
    tested.simulator.faults.next(operation, busy);
    await act();
    const record = await tested.recordOf(id);
    expect(record).toMatchObject({ status: 'retrying', problemCode: 'anrok_rate_limited' });
    expect(record.dueAt!.getTime()).toBeGreaterThanOrEqual(tested.clock.now().getTime() + 40_000);
    tested.clock.advance(40_000);
    await tested.worker.drain();
    expect(await tested.recordOf(id)).toMatchObject({ status: 'synced', problemCode: null });
  });

  it('D28: takes its place within Anrok’s limit, whatever it is for', async () => {
    await tested.finalize(anInvoice());
    await tested.strategy.estimate(anInvoice());
    await credit();
    await filed();
    const operations = tested.simulator.calls.all().map(({ operation }) => operation);
    expect(new Set(operations)).toEqual(
      new Set([
        'transactions.createOrUpdate',
        'transactions.createEphemeral',
        'transactions.void',
        'transactions.createNegation',
      ]),
    );
    expect(places).toBe(operations.length);
  });

  it.each([
    ['a void', 'transactions.void', voided],
    ['a negation', 'transactions.createNegation', filed],
  ] as const)('D28: %s that a proxy answers with 200 and nonsense is retried', async (_, operation, act) => {
    await tested.finalize(anInvoice());
    tested.simulator.faults.next(operation, { kind: 'garbage', body: '502 Bad Gateway' });
    await act();
    expect(await tested.recordOf('inv-1')).toMatchObject({
      status: 'retrying',
      problemCode: 'anrok_unreadable_answer',
    });
    tested.clock.advance(60_000);
    await tested.worker.drain();
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'synced' });
    expect(tested.simulator.books.netTaxOf(() => true)).toBe(0);
  });

  it.each([
    ['a void', 'transactions.void', voided],
    ['a negation', 'transactions.createNegation', filed],
  ] as const)('D30: %s over the limit is known as that, and not as a fault of its own', async (_, operation, act) => {
    await tested.finalize(anInvoice());
    tested.simulator.faults.next(operation, busy);
    await act();
    expect((await tested.recordOf('inv-1')).problem).toMatchObject({ code: 'anrok_rate_limited', retry: 'later' });
  });

  it('D30: an estimate over the limit says that it is', async () => {
    tested.simulator.faults.next('transactions.createEphemeral', busy);
    await expect(tested.strategy.estimate(anInvoice(), { timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'anrok_rate_limited',
    });
  });

  it('D26: is never made for a document whose transaction rolls back', async () => {
    const rolledBack = tested.orm.em.fork().transactional(async () => {
      await tested.sync.request(tested.host.put(anInvoice()));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await tested.worker.drain();
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('D25: that records what is filed already negates it, and records it anew', async () => {
    await tested.finalize(anInvoice());
    tested.simulator.freeze({ before: '2100-01-01' });
    const invoice = await tested.finalize(anInvoice({ lines: [aLine({ amount: 20_000 })] }));
    expect(await tested.recordOf('inv-1')).toMatchObject({ status: 'synced', problemCode: null });
    expect(tested.simulator.books.netTaxOf(() => true)).toBe(
      tested.host.taxesOf(invoice)?.calculation.taxAmountToCollect,
    );
  });
});
