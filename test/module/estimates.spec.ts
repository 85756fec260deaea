import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InMemoryRateLimiter, type Lane } from '@anrok-nest/client';
import type { AnrokTaxModuleOptions, EstimatePolicies } from '@anrok-nest/module';
import type { Fault } from '@anrok-nest/simulator';
import { ESTIMATE_PURPOSES, type EstimatePurpose, type TaxDocument, TaxPendingError } from '@anrok-nest/tax';
import { aLine, anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const DAY_MS = 86_400_000;
const EPHEMERAL = 'transactions.createEphemeral';

const NO_ANSWERS: [string, Fault, string][] = [
  ['keeps silent', { kind: 'timeout' }, 'anrok_timeout'],
  ['breaks the connection', { kind: 'reset' }, 'anrok_network_error'],
  ['is down', { kind: 'status', status: 503 }, 'anrok_server_error'],
  ['is busy', { kind: 'status', status: 429, headers: { 'Retry-After': '60' } }, 'anrok_rate_limited'],
  ['talks nonsense', { kind: 'garbage' }, 'anrok_unreadable_answer'],
];

/** Short where the answer is silence; as long as it takes where there is an error to come. */
const patienceWith = ({ kind }: Fault) => (kind === 'timeout' ? 100 : 20_000);

const OPTIONS: Readonly<Record<EstimatePurpose, keyof EstimatePolicies>> = {
  draft: 'draft',
  one_off: 'oneOff',
  preview: 'preview',
  fee: 'fee',
  usage: 'usage',
  wallet: 'wallet',
};
const every = (policy: 'pending' | 'stale') =>
  Object.fromEntries(Object.values(OPTIONS).map((name) => [name, policy])) as Partial<EstimatePolicies>;

describe('an estimate', () => {
  let tested: ModuleUnderTest;
  const lanes: Lane[] = [];
  const start = async (options: Partial<AnrokTaxModuleOptions> = {}) => {
    const limiter = new InMemoryRateLimiter({ requestsPerSecond: 10_000 });
    const rateLimiter = {
      acquire: (key: string, lane: Lane, signal?: AbortSignal) => {
        lanes.push(lane);
        return limiter.acquire(key, lane, signal);
      },
      pause: () => {}, // a 429 is for the estimate that it meets
    };
    tested = await startModule({ estimateTimeoutMs: 20_000, ...options }, { rateLimiter });
    lanes.length = 0;
    tested.simulator.calls.clear();
  };
  beforeEach(() => {
    lanes.length = 0;
  });
  afterEach(() => tested.close());

  const estimate = (document: TaxDocument, purpose?: EstimatePurpose, timeoutMs?: number) =>
    tested.strategy.estimate(document, { ...(purpose && { purpose }), ...(timeoutMs !== undefined && { timeoutMs }) });
  const over = (amount: number) => anInvoice({ lines: [aLine({ amount })] });

  it.each(NO_ANSWERS)(
    'fails while Anrok %s, for every purpose, unless the host says otherwise',
    async (_, fault, code) => {
      await start();
      tested.simulator.faults.always(EPHEMERAL, fault);
      for (const purpose of [undefined, ...ESTIMATE_PURPOSES])
        await expect(estimate(over(10_000), purpose, patienceWith(fault))).rejects.toMatchObject({ code });
    },
  );

  it.each(NO_ANSWERS)('is pending where the host says so and Anrok %s', async (_, fault, code) => {
    await start({ estimates: every('pending') });
    tested.simulator.faults.always(EPHEMERAL, fault);
    for (const purpose of ESTIMATE_PURPOSES) {
      const error = await estimate(over(10_000), purpose, patienceWith(fault)).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TaxPendingError);
      const { cause } = error as TaxPendingError & { cause: { problem: { message: string; remedy: string } } };
      expect(error).toMatchObject({
        code: 'tax_pending',
        cause: { code },
        problem: {
          message: expect.stringContaining(cause.problem.message),
          remedy: cause.problem.remedy,
          retry: 'later',
          details: { cause: { code, message: cause.problem.message, remedy: cause.problem.remedy } },
        },
      });
    }
  });

  it.each(NO_ANSWERS)('is the last known answer where the host says so and Anrok %s', async (_, fault) => {
    await start({ estimates: every('stale') });
    const known = await estimate(over(10_000));
    tested.clock.advance(DAY_MS); // usage is no longer fresh
    tested.simulator.faults.always(EPHEMERAL, fault);
    for (const purpose of ESTIMATE_PURPOSES)
      expect(await estimate(over(10_000), purpose, patienceWith(fault))).toEqual({ ...known, accuracy: 'stale' });
  });

  it('has the rates of the last known answer when the amounts are others', async () => {
    await start({ estimates: { oneOff: 'stale' } });
    await estimate(over(10_000), 'one_off');
    const now = await estimate(over(-31_337));
    tested.simulator.faults.always(EPHEMERAL, { kind: 'reset' });
    expect(await estimate(over(-31_337), 'one_off')).toEqual({ ...now, accuracy: 'stale' });
  });

  it('is not stale once Anrok answers again', async () => {
    await start({ estimates: { draft: 'stale' } });
    await estimate(over(10_000));
    tested.simulator.faults.next(EPHEMERAL, { kind: 'status', status: 500 });
    expect(await estimate(over(20_000))).toMatchObject({ accuracy: 'stale' });
    expect(await estimate(over(20_000))).toMatchObject({ accuracy: 'exact' });
  });

  it('fails, and is never zero, where nothing is known of the same content', async () => {
    await start({ estimates: every('stale') });
    await estimate(over(10_000));
    await tested.mappings.upsert('anrok', { itemType: 'book', itemId: '*', productExternalId: 'digital-goods' });
    tested.simulator.faults.always(EPHEMERAL, { kind: 'status', status: 503 });
    const { customer } = anInvoice();
    const others: Partial<TaxDocument>[] = [
      { customer: { ...customer, billingAddress: { country: 'FR' } } },
      { customer: { ...customer, taxIds: ['FR40303265045'] } },
      { currency: 'EUR' },
      { taxDate: '2026-01-01' },
      { lines: [aLine({ taxIncluded: true })] },
      { lines: [aLine(), aLine({ id: 'line-2', item: { type: 'book', id: 'b' } })] },
    ];
    for (const purpose of ESTIMATE_PURPOSES)
      for (const other of others)
        await expect(estimate(anInvoice(other), purpose)).rejects.toMatchObject({ code: 'anrok_server_error' });
  });

  it('fails where the last known answer, over some cents, does not tell the rates', async () => {
    await start({ estimates: every('stale') });
    await estimate(over(5));
    tested.simulator.faults.always(EPHEMERAL, { kind: 'reset' });
    await expect(estimate(over(100_000))).rejects.toMatchObject({ code: 'anrok_network_error' });
  });

  it('fails when the last known answer is too old to stand in', async () => {
    await start({ estimates: every('stale'), estimateCache: { staleForMs: 3 * DAY_MS } });
    await estimate(over(10_000));
    tested.simulator.faults.always(EPHEMERAL, { kind: 'reset' });
    tested.clock.advance(3 * DAY_MS - 1);
    expect(await estimate(over(10_000), 'preview')).toMatchObject({ accuracy: 'stale' });
    tested.clock.advance(1);
    await expect(estimate(over(10_000), 'preview')).rejects.toMatchObject({ code: 'anrok_network_error' });
  });

  it.each(['pending', 'stale'] as const)(
    'fails for what waiting can not mend, also where the policy is %s',
    async (policy) => {
      await start({ estimates: every(policy) });
      await estimate(over(10_000));
      await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'odd', productExternalId: 'no-such' });
      const { customer } = anInvoice();
      const wrong: [string, Partial<TaxDocument>][] = [
        ['item_not_mapped', { lines: [aLine({ item: { type: 'metric', id: 'x' } })] }],
        ['customer_address_unusable', { customer: { id: 'cus-1', taxIds: [] } }],
        ['customer_not_linked', { customer: { ...customer, id: 'stranger' } }],
        ['anrok_product_external_id_unknown', { lines: [aLine({ item: { type: 'add_on', id: 'odd' } })] }],
        ['invalid_amount', { lines: [aLine({ amount: 0.5 })] }],
      ];
      for (const purpose of ESTIMATE_PURPOSES)
        for (const [code, document] of wrong)
          await expect(estimate(anInvoice(document), purpose)).rejects.toMatchObject({ code });
      await tested.connections.update('anrok', { apiKey: 'sandbox/key1/revoked' });
      for (const purpose of ESTIMATE_PURPOSES)
        await expect(estimate(over(10_000), purpose)).rejects.toMatchObject({ code: 'anrok_unauthorized' });
    },
  );

  it('goes by the policy of its own purpose', async () => {
    for (const asked of ESTIMATE_PURPOSES) {
      await start({ estimates: { [OPTIONS[asked]]: 'pending' } });
      tested.simulator.faults.always(EPHEMERAL, { kind: 'reset' });
      for (const purpose of ESTIMATE_PURPOSES)
        await expect(estimate(over(10_000), purpose)).rejects.toMatchObject({
          code: purpose === asked ? 'tax_pending' : 'anrok_network_error',
        });
      if (asked !== ESTIMATE_PURPOSES.at(-1)) await tested.close();
    }
  });

  it.each(['fail', 'pending', 'stale'] as const)(
    'waits no longer than it was told, where the policy is %s',
    async (policy) => {
      await start({ estimates: policy === 'fail' ? {} : every(policy) });
      tested.simulator.faults.always(EPHEMERAL, { kind: 'timeout' });
      for (const purpose of ESTIMATE_PURPOSES)
        await expect(tested.strategy.estimate(over(10_000), { purpose, timeoutMs: 30 })).rejects.toMatchObject({
          code: policy === 'pending' ? 'tax_pending' : 'anrok_timeout',
        });
    },
  );

  it.each(['fail', 'pending', 'stale'] as const)(
    'ends as cancelled when its caller cancels it, where the policy is %s',
    async (policy) => {
      await start({ estimates: policy === 'fail' ? {} : every(policy) });
      await estimate(over(10_000), 'usage');
      for (const purpose of ESTIMATE_PURPOSES) {
        const controller = new AbortController();
        const hold = tested.simulator.faults.hold(EPHEMERAL);
        const document = anInvoice({ currency: 'EUR' });
        const cancelled = tested.strategy.estimate(document, { purpose, signal: controller.signal });
        await hold.arrived;
        controller.abort();
        await expect(cancelled).rejects.toMatchObject({ code: 'anrok_cancelled' });
        hold.release();
      }
    },
  );

  it.each(['fail', 'pending', 'stale'] as const)(
    'records nothing, for whatever purpose, where the policy is %s',
    async (policy) => {
      await start({ estimates: policy === 'fail' ? {} : every(policy) });
      const { customer } = anInvoice();
      for (const purpose of ESTIMATE_PURPOSES) {
        for (const amount of [10_000, 10_000, 25_000, -3, 0]) {
          await estimate(over(amount), purpose);
          await estimate({ ...over(amount), kind: 'fee', customer: { ...customer, taxIds: ['DE1'] } }, purpose);
        }
        tested.simulator.faults.next(EPHEMERAL, { kind: 'loseAnswer', by: 'status' });
        await estimate(anInvoice({ currency: 'EUR' }), purpose).catch(() => {});
        tested.simulator.faults.clear();
      }
      const { books, calls } = tested.simulator;
      expect([books.transactions(), books.customers(), books.certificates()]).toEqual([[], [], []]);
      expect(new Set(calls.all().map(({ operation }) => operation))).toEqual(new Set([EPHEMERAL]));
      expect(new Set(lanes)).toEqual(new Set(['interactive']));
      expect((await tested.records.list()).records).toEqual([]);
    },
  );

  it.each(ESTIMATE_PURPOSES)('of a document of many subscriptions is one call, for %s', async (purpose) => {
    await start();
    await tested.mappings.upsert('anrok', { itemType: '*', itemId: '*', productExternalId: 'digital-goods' });
    const lines = Array.from({ length: 60 }, (_, index) =>
      aLine({
        id: `subscription-${index % 12}:charge-${index}`,
        item: index % 3 === 0 ? { type: 'add_on', id: 'setup' } : { type: 'metric', id: `m${index % 5}` },
        amount: 100 * index,
      }),
    );
    expectToAddUp(anInvoice({ lines }), await estimate(anInvoice({ lines }), purpose), 'anrok');
    expect(tested.simulator.calls.all()).toHaveLength(1);
  });

  it.each(['draft', 'usage'] as const)('may have more lines than a transaction, for %s', async (purpose) => {
    await start({ estimates: every('stale') });
    const lines = Array.from({ length: 2_450 }, (_, index) => aLine({ id: `l${index}`, amount: 1_050 + index }));
    const calculation = await estimate(anInvoice({ lines }), purpose);
    expectToAddUp(anInvoice({ lines }), calculation, 'anrok');
    expect(tested.simulator.calls.all()).toHaveLength(3);
    tested.simulator.faults.always(EPHEMERAL, { kind: 'reset' });
    const grown = anInvoice({ lines: lines.map((line) => ({ ...line, amount: line.amount + 1 })) });
    const known = await estimate(grown, purpose);
    expectToAddUp(grown, known, 'anrok');
    tested.simulator.faults.clear();
    expect(known).toEqual({ ...(await estimate(grown)), accuracy: known.accuracy });
    expect(known.accuracy).toBe(purpose === 'usage' ? 'estimated' : 'stale');
  });

  it('of nothing but zero amounts asks nobody, and zero is the true answer', async () => {
    await start({ estimates: every('pending') });
    tested.simulator.faults.always(EPHEMERAL, { kind: 'reset' });
    for (const purpose of ESTIMATE_PURPOSES)
      expect(await estimate(over(0), purpose)).toMatchObject({ taxAmountToCollect: 0, accuracy: 'exact' });
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('asks for its place while its settings are read, and for no other', async () => {
    await start();
    await estimate(over(10_000));
    lanes.length = 0;
    // a place is no good to who reads for longer than some milliseconds
    const stopped = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    const second = estimate(over(20_000));
    expect(lanes).toEqual(['interactive']);
    await second.finally(() => stopped.mockRestore());
    expect(lanes).toHaveLength(1);
  });

  it('of what is known takes no place', async () => {
    await start();
    for (let index = 0; index < 3; index++) await estimate(over(10_000), 'usage');
    expect(lanes).toHaveLength(1);
  });
});
