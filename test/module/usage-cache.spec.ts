import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AnrokClient } from '@anrok-nest/client';
import { type AnrokTaxModuleOptions, EstimateCache } from '@anrok-nest/module';
import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const EPHEMERAL = 'transactions.createEphemeral';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('current usage', () => {
  let tested: ModuleUnderTest;
  const start = async (options: Partial<AnrokTaxModuleOptions> = {}) => {
    tested = await startModule(options);
    tested.simulator.calls.clear();
  };
  beforeEach(() => start());
  afterEach(() => tested.close());
  const restart = async (options: Partial<AnrokTaxModuleOptions>) => {
    await tested.close();
    await start(options);
  };

  const usage = (document: TaxDocument, signal?: AbortSignal) =>
    tested.strategy.estimate(document, { purpose: 'usage', ...(signal && { signal }) });
  const now = (document: TaxDocument) => tested.strategy.estimate(document);
  const over = (amount: number, changes: Partial<TaxDocument> = {}) =>
    anInvoice({ lines: [aLine({ amount })], ...changes });
  const calls = () => tested.simulator.calls.of(EPHEMERAL).length;

  describe('does what got lost elsewhere:', () => {
    it('one call for a content and a day, not one for every refresh', async () => {
      for (let minutes = 0; minutes < 1_440; minutes += 30) {
        await usage(over(10_000 + minutes * 17));
        tested.clock.advance(30 * MINUTE_MS);
      }
      expect(calls()).toBe(1);
      await usage(over(99_999));
      expect(calls()).toBe(2);
    });

    it('no stale taxes after the amounts have changed', async () => {
      await usage(over(10_000));
      const grown = await usage(over(20_000));
      expect(grown).toMatchObject({ taxAmountToCollect: 962, totalAmount: 20_962, accuracy: 'estimated' });
      expect(await usage(over(0))).toMatchObject({ taxAmountToCollect: 0, totalAmount: 0 });
    });

    it('no mismatched taxes when amounts are equal or change places: lines are matched by id', async () => {
      await tested.mappings.upsert('anrok', { itemType: 'book', itemId: '*', productExternalId: 'not-taxable' });
      const book = { item: { type: 'book', id: 'b' } };
      const of = ([a, b, c]: readonly [number, number, number]) =>
        anInvoice({
          lines: [
            aLine({ id: 'a', amount: a }),
            aLine({ id: 'b', amount: b, ...book }),
            aLine({ id: 'c', amount: c, taxIncluded: true }),
          ],
        });
      await usage(of([5_000, 5_000, 5_000]));
      const changes: [number, number, number][] = [
        [7_000, 5_000, 5_000],
        [5_000, 7_000, 5_000],
        [1, 2, 3],
      ];
      for (const amounts of changes) {
        const { accuracy, ...answer } = await usage(of(amounts));
        expect({ ...answer, accuracy: 'exact' }).toEqual(await now(of(amounts)));
        expect(accuracy).toBe('estimated');
      }
      const swapped = anInvoice({
        lines: [aLine({ id: 'a', amount: 5_000, ...book }), aLine({ id: 'b' }), aLine({ id: 'c', taxIncluded: true })],
      });
      const { accuracy: _, ...answer } = await usage(swapped);
      expect({ ...answer, accuracy: 'exact' }).toEqual(await now(swapped));
    });
  });

  it('is the identical answer, without a call, while nothing changes', async () => {
    const lines = [aLine({ amount: 12_345 }), aLine({ id: 'line-2', amount: 777, taxIncluded: true })];
    const first = await usage(anInvoice({ lines }));
    expect(first.accuracy).toBe('exact');
    expect(await usage(anInvoice({ lines }))).toEqual(first);
    expect(await tested.strategy.estimate(anInvoice({ id: 'wallet', lines }), { purpose: 'wallet' })).toEqual(first);
    expect(calls()).toBe(1);
  });

  it('keeps its tax date’s answer over the days of the books, and asks anew for another tax date', async () => {
    for (const day of ['2026-03-02', '2026-03-09', '2026-03-14'])
      await usage(over(10_000, { accountingDate: day, taxDate: '2026-03-01' }));
    expect(calls()).toBe(1);
    await usage(over(10_000, { accountingDate: '2026-03-15', taxDate: '2026-03-15' }));
    expect(calls()).toBe(2);
  });

  it.each(['draft', 'one_off', 'preview', 'fee'] as const)(
    'is no answer to another purpose: %s asks',
    async (purpose) => {
      await usage(over(10_000));
      await tested.strategy.estimate(over(10_000), { purpose });
      await tested.strategy.estimate(over(10_000), { purpose });
      expect(calls()).toBe(3);
    },
  );

  describe('is asked for anew', () => {
    const { customer } = anInvoice();

    it.each<[string, Partial<TaxDocument>]>([
      [
        'the address',
        { customer: { ...customer, shippingAddress: { country: 'US', region: 'NY', city: 'New York' } } },
      ],
      ['a tax id', { customer: { ...customer, taxIds: ['FR40303265045'] } }],
      ['the currency', { currency: 'EUR' }],
    ])('when %s has changed', async (_, changes) => {
      await usage(over(10_000));
      expect(await usage(over(20_000, changes))).toEqual(await now(over(20_000, changes)));
      await usage(over(30_000));
      await usage(over(30_000, changes));
      expect(calls()).toBe(3);
    });

    it.each<[string, () => Promise<unknown>]>([
      [
        'the mapping',
        () =>
          tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'digital-goods' }),
      ],
      ['the link', () => tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: 'other' })],
      ['the key', () => tested.connections.update('anrok', { apiKey: tested.simulator.apiKey })],
      [
        'the connection',
        async () => {
          await tested.connections.create({ code: 'second', name: 'Second', apiKey: tested.simulator.apiKey });
          await tested.mappings.upsert('second', { itemType: '*', itemId: '*', productExternalId: 'saas-business' });
          await tested.links.link({ customerId: 'cus-1', connectionCode: 'second' });
        },
      ],
    ])('when %s has changed', async (_, change) => {
      await usage(over(10_000));
      await change();
      await usage(over(20_000));
      expect(calls()).toBe(2);
      await usage(over(30_000));
      expect(calls()).toBe(2);
    });

    it('when the customer is exempt by now, which nothing in the document tells', async () => {
      const newYork = { ...customer, billingAddress: { country: 'US', region: 'NY', city: 'New York' } };
      const document = over(10_000, { customer: newYork });
      expect(await usage(document)).toMatchObject({ taxAmountToCollect: 888 });
      const anrok = new AnrokClient({ apiKey: tested.simulator.apiKey, baseUrl: tested.simulator.url });
      await anrok.certificates.create({
        customerId: 'cus-1',
        customerName: 'Acme Inc',
        effectiveDateBegin: '2026-01-01',
        certificateFile: { name: 'exempt.pdf', contentsBase64: 'YQ==' },
        jurises: [{ jurisId: 'us-NY' }],
      });
      expect(await usage(document)).toMatchObject({ taxAmountToCollect: 888 });
      await tested.sync.changed({ kind: 'customer', customerId: 'cus-2' });
      expect(await usage(document)).toMatchObject({ taxAmountToCollect: 888 });
      await tested.sync.changed({ kind: 'customer', customerId: 'cus-1' });
      expect(await usage(document)).toMatchObject({ taxAmountToCollect: 0, accuracy: 'exact' });
    });

    it.each([
      ['emitAsync', () => tested.events.emitAsync('customer.updated', { customerId: 'cus-1' })],
      ['emit, which awaits nobody', () => void tested.events.emit('customer.updated', { customerId: 'cus-1' })],
    ])('after the commit in which the host says that the customer is another, by %s', async (_, emit) => {
      await usage(over(10_000));
      const broken = tested.orm.em.fork().transactional(async () => {
        await emit();
        throw new Error('the host changes its mind');
      });
      await expect(broken).rejects.toThrow('the host changes its mind');
      await usage(over(10_000));
      expect(calls()).toBe(1);
      await tested.orm.em.fork().transactional(async () => {
        await emit();
      });
      await usage(over(10_000));
      expect(calls()).toBe(2);
    });

    it('when the connection is told to forget', async () => {
      await usage(over(10_000));
      const { id } = await tested.connections.byCode('anrok');
      await tested.app.get(EstimateCache).forgetConnection(id);
      await usage(over(10_000));
      expect(calls()).toBe(2);
    });

    it('after as long as the host says', async () => {
      await restart({ estimateCache: { freshForMs: 5 * MINUTE_MS } });
      await usage(over(10_000));
      tested.clock.advance(5 * MINUTE_MS - 1);
      await usage(over(10_000));
      expect(calls()).toBe(1);
      tested.clock.advance(1);
      await usage(over(10_000));
      expect(calls()).toBe(2);
    });

    it('every time when the host wants no cache', async () => {
      await restart({ estimateCache: { freshForMs: 0 } });
      for (let times = 0; times < 3; times++) expect((await usage(over(10_000))).accuracy).toBe('exact');
      expect(calls()).toBe(3);
    });
  });

  describe('wanted by many at once', () => {
    /** Comes last and gives up: by then all others wait. */
    const hasty = () => tested.strategy.estimate(over(20_000), { purpose: 'wallet', timeoutMs: 100 });

    it('is one call, whatever the amounts', async () => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map((times) => usage(over(10_000 * times))));
      expect(answers.map(({ taxAmountToCollect }) => taxAmountToCollect)).toEqual([481, 962, 1_443, 1_924, 2_405]);
      expect(calls()).toBe(1);
    });

    it('is answered to the others when one of them cancels', async () => {
      const controller = new AbortController();
      const hold = tested.simulator.faults.hold(EPHEMERAL);
      const first = usage(over(10_000), controller.signal);
      await hold.arrived;
      const patient = usage(over(30_000));
      await expect(hasty()).rejects.toMatchObject({ code: 'anrok_timeout' });
      controller.abort();
      await expect(first).rejects.toMatchObject({ code: 'anrok_cancelled' });
      hold.release();
      expect(await patient).toMatchObject({ taxAmountToCollect: 1_443 });
      expect(calls()).toBe(1);
    });

    it('is asked for again by who is more patient than the one call', async () => {
      await restart({ estimateTimeoutMs: 20 });
      tested.simulator.faults.next(EPHEMERAL, { kind: 'timeout' });
      const first = usage(over(10_000));
      const patient = tested.strategy.estimate(over(10_000), { purpose: 'usage', timeoutMs: 20_000 });
      await expect(first).rejects.toMatchObject({ code: 'anrok_timeout' });
      expect(await patient).toMatchObject({ taxAmountToCollect: 481 });
      expect(calls()).toBe(2);
    });

    it('is one call also where that one fails', async () => {
      tested.simulator.faults.next(EPHEMERAL, { kind: 'status', status: 500 });
      const hold = tested.simulator.faults.hold(EPHEMERAL);
      const waiting = Promise.allSettled([1, 2, 3].map((times) => usage(over(10_000 * times))));
      await expect(hasty()).rejects.toMatchObject({ code: 'anrok_timeout' });
      hold.release();
      const answers = await waiting;
      expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(calls()).toBe(1);
      expect(await usage(over(10_000))).toMatchObject({ accuracy: 'exact' });
    });

    it('is asked for again by those for whom the one call tells too little', async () => {
      const [cents, dollars] = await Promise.all([usage(over(5)), usage(over(10_000))]);
      expect([cents.taxAmountToCollect, dollars.taxAmountToCollect]).toEqual([0, 481]);
      expect(dollars.accuracy).toBe('exact');
      expect(await usage(over(20_000))).toMatchObject({ accuracy: 'estimated' });
    });
  });

  it('is asked for, and fails nobody, while the store is out of order', async () => {
    const down = (): never => {
      throw new Error('connection lost');
    };
    await restart({ estimateCache: { store: { get: down, set: down, delete: down, clear: down } } });
    for (let times = 0; times < 3; times++)
      expect(await usage(over(10_000))).toMatchObject({ taxAmountToCollect: 481, accuracy: 'exact' });
    await tested.sync.changed({ kind: 'customer', customerId: 'cus-1' });
    expect(calls()).toBe(3);
  });

  it('is not known from an answer that does not fit', async () => {
    const nonsense = { taxAmountToCollect: 1, preTaxAmount: '10000', jurisSummaries: [] };
    const lineItems = [{ id: 'line-1', taxAmountToCollect: 1, preTaxAmount: '10000', jurises: [] }];
    tested.simulator.faults.next(EPHEMERAL, { kind: 'status', status: 200, body: { ...nonsense, lineItems } });
    await expect(usage(over(10_000))).rejects.toMatchObject({ code: 'anrok_answer_does_not_fit' });
    expect(await usage(over(10_000))).toMatchObject({ taxAmountToCollect: 481 });
  });

  it('is the last known one, marked as such, when the day is over and Anrok is down', async () => {
    await restart({ estimates: { usage: 'stale' } });
    await usage(over(10_000));
    tested.clock.advance(DAY_MS);
    tested.simulator.faults.always(EPHEMERAL, { kind: 'status', status: 503 });
    expect(await usage(over(20_000))).toMatchObject({ taxAmountToCollect: 962, accuracy: 'stale' });
    const wallet = tested.strategy.estimate(over(20_000), { purpose: 'wallet' });
    await expect(wallet).rejects.toMatchObject({ code: 'anrok_server_error' });
  });
});
