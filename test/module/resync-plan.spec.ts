import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryRateLimiter } from '@anrok-nest/client';
import { type ResyncFilter, type ResyncPlan, TaxSyncRecord } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { creditNote } from '../support/credit-notes.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { sent, setTheScene } from '../support/resync-scene.js';

const EVERYWHERE: ResyncFilter = { statuses: ['failed', 'waiting', 'retrying', 'synced', 'never_seen'] };

describe('a resync’s dry run', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    // what a plan reckons with is not what the tests have to wait for
    const rateLimiter = new InMemoryRateLimiter({ requestsPerSecond: 10_000 });
    tested = await startModule({ requestsPerSecond: 2, resync: { batchSize: 2 } }, { rateLimiter });
  });
  afterEach(() => tested.close());

  it('says how many documents stand where, what would be done about them, and how long that takes', async () => {
    await setTheScene(tested);
    expect(await tested.resync.plan()).toEqual({
      filter: {},
      documents: 4,
      byStatus: { failed: 1, waiting: 1, never_seen: 2 },
      byAction: { record: 3, undo: 0, nothing: 0, blocked: 1 },
      blocked: {
        item_not_mapped: {
          documents: 1,
          example: expect.objectContaining({ message: expect.stringContaining('metric "calls"') }),
        },
      },
      calls: 3,
      durationMs: 1_500,
    });
  });

  it('asks nothing of Anrok and writes nothing', async () => {
    await setTheScene(tested);
    const everything = async () => {
      const records = await tested.orm.em.fork().find(TaxSyncRecord, {}, { orderBy: { id: 'asc' } });
      const histories = await Promise.all(records.map(({ id }) => tested.records.history(id)));
      return JSON.stringify(histories);
    };
    const before = await everything();
    await tested.resync.plan(EVERYWHERE);
    expect(await everything()).toBe(before);
    expect(await tested.resync.list()).toEqual([]);
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('is what the run then does, call by call', async () => {
    await setTheScene(tested);
    tested.host.put(anInvoice({ id: 'synced-2', lines: [aLine({ amount: 1 })] }));
    await tested.finalize(anInvoice({ id: 'gone' }));
    tested.host.put(anInvoice({ id: 'gone' }), 'draft');
    await tested.finalize(anInvoice({ id: 'long', lines: lines(2_500) }));
    tested.host.put(anInvoice({ id: 'long', lines: lines(1) }));
    await tested.finalize(anInvoice({ id: 'inv-1' }));
    tested.host.put(creditNote('unheard', 1_000));
    tested.simulator.calls.clear();

    const plan = await tested.resync.plan(EVERYWHERE);
    const { total } = await tested.resync.start(EVERYWHERE, { requestedBy: 'test', total: plan.documents });
    await tested.resync.drain();

    expect(plan.byAction).toEqual({ record: 6, undo: 1, nothing: 2, blocked: 1 });
    expect(tested.simulator.calls.of('transactions.createOrUpdate')).toHaveLength(6);
    expect(tested.simulator.calls.of('transactions.void')).toHaveLength(3);
    expect(tested.simulator.calls.of('transactions.createEphemeral')).toHaveLength(1);
    expect(tested.simulator.calls.all()).toHaveLength(plan.calls);
    const [run] = await tested.resync.list();
    expect(total).toBe(10);
    expect(run).toMatchObject({ status: 'completed', done: 10, synced: 9, failing: { item_not_mapped: 1 } });
  });

  it('finds unchanged documents to need nothing, and the run then sends nothing', async () => {
    await setTheScene(tested);
    const filter: ResyncFilter = { statuses: ['synced'] };
    expect(await tested.resync.plan(filter)).toMatchObject({ documents: 2, byAction: { nothing: 2 }, calls: 0 });
    await tested.resync.start(filter, { requestedBy: 'test' });
    await tested.resync.drain();
    expect(sent(tested)).toEqual([]);
    expect((await tested.resync.list())[0]).toMatchObject({ total: 2, done: 2, synced: 2 });
  });

  it('names every cause that blocks', async () => {
    const { billingAddress: _, ...homeless } = anInvoice().customer;
    tested.host.put(anInvoice({ id: 'inv-1', customer: homeless }));
    tested.host.put(anInvoice({ id: 'inv-2', customer: homeless }));
    tested.host.put(anInvoice({ id: 'inv-3', lines: [aLine({ item: { type: 'metric', id: 'x' } })] }));
    const { blocked } = await tested.resync.plan();
    expect(Object.entries(blocked).map(([code, { documents }]) => [code, documents])).toEqual([
      ['customer_address_unusable', 2],
      ['item_not_mapped', 1],
    ]);
  });

  it('tells how far it is, and has no more than a batch in hand', async () => {
    for (let index = 0; index < 7; index++) tested.host.put(anInvoice({ id: `inv-${index}` }));
    const { host } = tested;
    const limits: number[] = [];
    const list = host.listDocuments.bind(host);
    host.listDocuments = (request) => {
      limits.push(request.limit);
      return list(request);
    };
    const told: number[] = [];
    const plan = await tested.resync.plan({}, (soFar: ResyncPlan) => told.push(soFar.documents));
    expect(told).toEqual([0, 2, 4, 6, 7]);
    expect(plan).toMatchObject({ documents: 7, calls: 7 });
    expect(new Set(limits)).toEqual(new Set([2]));
  });

  it('counts accounts side by side, and connections to one account together', async () => {
    const product = { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' };
    for (const [code, apiKey] of [
      ['same', `${tested.simulator.sellerId}/other/secret`],
      ['other', 'other/key/secret'],
    ] as const) {
      await tested.connections.create({ code, name: code, apiKey });
      await tested.mappings.upsert(code, product);
      await tested.links.link({ customerId: `cus-${code}`, connectionCode: code });
      for (const id of ['a', 'b'])
        tested.host.put(anInvoice({ id: `${code}-${id}`, customer: { ...anInvoice().customer, id: `cus-${code}` } }));
    }
    tested.host.put(anInvoice());
    expect(await tested.resync.plan()).toMatchObject({ calls: 5, durationMs: 1_500 });
    expect(await tested.resync.plan({ connection: 'other' })).toMatchObject({ calls: 2, durationMs: 1_000 });
  });
});

describe('the filter of a resync', () => {
  let tested: ModuleUnderTest;
  beforeAll(async () => {
    tested = await startModule({ resync: { batchSize: 3 } });
    await tested.connections.create({ code: 'other', name: 'Other', apiKey: 'other/key/secret' });
    await setTheScene(tested, { accountingDate: '2026-02-28' });
    tested.host.put(anInvoice({ id: 'never-3', accountingDate: '2026-03-02' }));
  });
  afterAll(() => tested.close());
  const ref = (id: string) => ({ kind: 'invoice' as const, id, customerId: 'cus-1' });

  it.each<[string, ResyncFilter, ResyncPlan['byStatus']]>([
    ['nothing', {}, { failed: 1, waiting: 1, never_seen: 3 }],
    ['statuses', { statuses: ['synced', 'never_seen'] }, { synced: 2, never_seen: 3 }],
    ['no status', { statuses: [] }, {}],
    ['names', { documents: [ref('failed'), ref('never-1'), ref('nowhere')] }, { failed: 1, never_seen: 1 }],
    [
      'a name that stands there twice',
      { documents: [ref('never-1'), ref('never-2'), ref('never-1')] },
      { never_seen: 2 },
    ],
    ['many names', { documents: ['never-1', 'x', 'y', 'z', 'waiting'].map(ref) }, { waiting: 1, never_seen: 1 }],
    ['the name of a draft', { documents: [ref('draft')] }, {}],
    ['the name of somebody else’s', { documents: [{ ...ref('stranger'), customerId: 'cus-1' }] }, {}],
    ['no name', { documents: [] }, {}],
    ['a cause', { problemCodes: ['item_not_mapped'] }, { waiting: 1 }],
    ['a kind', { kinds: ['invoice'] }, { failed: 1, waiting: 1, never_seen: 3 }],
    ['a kind that there is not', { kinds: ['credit_note'] }, {}],
    ['a connection', { connection: 'anrok' }, { failed: 1, waiting: 1, never_seen: 3 }],
    ['another connection', { connection: 'other' }, {}],
    ['a day', { from: '2026-02-28', to: '2026-02-28' }, { failed: 1, waiting: 1, never_seen: 2 }],
    ['a later time', { from: '2026-03-01' }, { never_seen: 1 }],
    ['an earlier time', { to: '2026-02-27' }, {}],
    ['a day and names', { documents: [ref('never-1'), ref('never-3')], from: '2026-03-01' }, { never_seen: 1 }],
  ])('by %s means those and no others', async (_, filter, byStatus) => {
    expect((await tested.resync.plan(filter)).byStatus).toEqual(byStatus);
  });
});

const lines = (count: number) => Array.from({ length: count }, (_, index) => aLine({ id: `l${index}`, amount: 10 }));
