import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('documents without their tax', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
    await tested.links.link({ customerId: 'cus-2', connectionCode: 'anrok' });
    const unmapped = [aLine({ item: { type: 'add_on', id: 'other' } })];
    await tested.finalize(anInvoice({ id: 'unmapped', lines: unmapped }));
    await tested.finalize(anInvoice({ id: 'nowhere', customer: { id: 'cus-2', taxIds: [] } }));
    tested.clock.advance(3_600_000);
    tested.simulator.faults.always('any', { kind: 'status', status: 503 });
    await tested.finalize(anInvoice({ id: 'refused' }));
    tested.simulator.faults.clear();
  });
  afterEach(() => tested.close());

  const tries = async (id: string) => (await tested.records.history((await tested.recordOf(id)).id)).attempts.length;
  const triesAfter = async (count: number) => {
    await tested.worker.drain();
    expect(count).toBeGreaterThanOrEqual(0);
    return { unmapped: await tries('unmapped'), nowhere: await tries('nowhere'), refused: await tries('refused') };
  };

  it('are counted by status, the oldest first, with how long they have been waiting', async () => {
    const now = tested.clock.now();
    expect(await tested.records.backlog()).toEqual([
      { connectionCode: 'anrok', status: 'waiting', count: 2, oldestRequestedAt: new Date(now.getTime() - 3_600_000) },
      { connectionCode: 'anrok', status: 'retrying', count: 1, oldestRequestedAt: now },
    ]);
  });

  it.each([
    ['all', {}, { unmapped: 2, nowhere: 2, refused: 2 }, 3],
    ['those of a cause', { problemCode: 'item_not_mapped' }, { unmapped: 2, nowhere: 1, refused: 1 }, 1],
    ['those of a customer', { customerId: 'cus-2' }, { unmapped: 1, nowhere: 2, refused: 1 }, 1],
    ['those of a connection', { connectionCode: 'anrok', kind: 'invoice' }, { unmapped: 2, nowhere: 2, refused: 2 }, 3],
    ['none of another connection', { connectionCode: 'x' }, { unmapped: 1, nowhere: 1, refused: 1 }, 0],
    ['none of another kind', { kind: 'fee' }, { unmapped: 1, nowhere: 1, refused: 1 }, 0],
  ] as const)('are tried again: %s', async (_, filter, expected, count) => {
    expect(await tested.sync.retryAll(filter)).toBe(count);
    expect(await triesAfter(count)).toEqual(expected);
  });

  it('that are in order are not tried again', async () => {
    await tested.finalize(anInvoice({ id: 'fine' }));
    await tested.sync.retryAll();
    await tested.worker.drain();
    expect(await tries('fine')).toBe(1);
  });
});
