import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordFilter } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('the list of sync records', () => {
  let tested: ModuleUnderTest;
  beforeAll(async () => {
    tested = await startModule();
    await tested.connections.ensure({ code: 'eu', name: 'EU', apiKey: tested.simulator.apiKey });
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'eu' });
    // five at one moment, so that a page ends between records of the same time
    for (const id of ['a', 'b', 'c', 'd', 'e']) await tested.finalize(anInvoice({ id }));
    tested.clock.advance(86_400_000);
    await tested.finalize(anInvoice({ id: 'unmapped', lines: [aLine({ item: { type: 'add_on', id: 'other' } })] }));
    await tested.finalize(anInvoice({ kind: 'fee', id: 'fee', customer: { id: 'cus-2', taxIds: [] } }));
  });
  afterAll(() => tested.close());

  const idsOf = async (filter: RecordFilter) =>
    (await tested.records.list(filter)).records.map(({ documentId }) => documentId).toSorted();
  const ALL = ['a', 'b', 'c', 'd', 'e', 'fee', 'unmapped'];

  it.each<[string, RecordFilter, readonly string[]]>([
    ['all', {}, ALL],
    ['a status', { statuses: ['waiting'] }, ['fee', 'unmapped']],
    ['several statuses', { statuses: ['waiting', 'synced'] }, ALL],
    ['no status at all', { statuses: [] }, []],
    ['a cause', { problemCode: 'item_not_mapped' }, ['fee', 'unmapped']],
    ['a kind', { kind: 'fee' }, ['fee']],
    ['a customer', { customerId: 'cus-2' }, ['fee']],
    ['a document', { documentId: 'c' }, ['c']],
    ['a connection', { connectionCode: 'eu' }, ['fee']],
    ['a day', { requestedFrom: '2026-03-16', requestedTo: '2026-03-16' }, ['fee', 'unmapped']],
    ['until a day', { requestedTo: '2026-03-15' }, ['a', 'b', 'c', 'd', 'e']],
    ['another time', { requestedFrom: '2026-03-17' }, []],
    ['several of these', { statuses: ['waiting'], customerId: 'cus-1' }, ['unmapped']],
    ['what nobody has', { customerId: "' or 1=1 --" }, []],
  ])('narrows by %s', async (_, filter, expected) => {
    expect(await idsOf(filter)).toEqual(expected);
  });

  it.each([1, 2, 3, 7, 50])(
    'shows each once, the latest first, in pages of %i, whatever comes in meanwhile',
    async (limit) => {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await tested.records.list({ limit, requestedTo: '2026-03-16', ...(after && { after }) });
        expect(page.records.length).toBeLessThanOrEqual(limit);
        seen.push(...page.records.map(({ documentId }) => documentId));
        after = page.next;
        tested.clock.advance(86_400_000);
        await tested.finalize(anInvoice({ id: `later-${limit}-${seen.length}` }));
      } while (after);
      expect(seen.toSorted()).toEqual(ALL);
      expect(seen.slice(0, 2).toSorted()).toEqual(['fee', 'unmapped']);
    },
  );

  it.each(['x', '', 'MQ', Buffer.from('1 1').toString('base64url'), Buffer.from("1' 1").toString('base64url')])(
    'refuses the cursor %j',
    async (after) => {
      await expect(tested.records.list({ after })).rejects.toMatchObject({ code: 'invalid_cursor' });
    },
  );

  it('names what is tried again by the same filter, and leaves alone what has its tax', async () => {
    expect(await tested.sync.retryAll({ statuses: ['synced'] })).toBe(0);
    expect(await tested.sync.retryAll({ statuses: ['synced', 'waiting'], connectionCode: 'eu' })).toBe(1);
    expect(await idsOf({ statuses: ['pending'] })).toEqual(['fee']);
  });
});
