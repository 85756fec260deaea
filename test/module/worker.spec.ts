import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TAX_APPLIED, TaxSyncRecord } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('a running worker', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ worker: { enabled: true, concurrency: 2, pollIntervalMs: 1_000 } });
  });
  afterEach(() => tested.close());
  const applied = (count: number) =>
    new Promise<void>((resolve) => {
      let left = count;
      tested.events.on(TAX_APPLIED, () => {
        left -= 1;
        if (left === 0) resolve();
      });
    });

  // time stands still here: nothing in these tests becomes due by waiting

  it('is woken by the commit', async () => {
    const done = applied(1);
    await tested.orm.em.fork().transactional(() => tested.sync.request(tested.host.put(anInvoice())));
    await done;
    expect(await tested.orm.em.fork().count(TaxSyncRecord, { status: 'synced' })).toBe(1);
  });

  it('works off more than it can do at a time, and never does more at a time', async () => {
    let [now, most] = [0, 0];
    tested.simulator.faults.always('transactions.createOrUpdate', {
      kind: 'call',
      before: () => {
        now += 1;
        most = Math.max(most, now);
      },
      after: () => {
        now -= 1;
      },
    });
    const done = applied(7);
    await tested.orm.em.fork().transactional(async () => {
      for (let index = 0; index < 7; index++)
        await tested.sync.request(tested.host.put(anInvoice({ id: `inv-${index}` })));
    });
    await done;
    expect(most).toBeLessThanOrEqual(2);
    expect(tested.simulator.books.transactions()).toHaveLength(7);
  });

  it('finds by itself what nobody woke it for', async () => {
    tested.simulator.faults.next('transactions.createOrUpdate', { kind: 'status', status: 500 });
    const failed = new Promise<void>((resolve) => {
      const { host } = tested;
      const report = host.reportProblem.bind(host);
      host.reportProblem = async (...problem) => {
        await report(...problem);
        resolve();
      };
    });
    await tested.sync.request(tested.host.put(anInvoice()));
    await failed;
    const done = applied(1);
    // the retry becomes due as time goes on, and the poll finds it
    const ticking = setInterval(() => tested.clock.advance(1_000), 5);
    await done;
    clearInterval(ticking);
    expect(tested.simulator.books.transactions()).toHaveLength(1);
  });
});
