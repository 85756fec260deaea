import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../testing/manual.clock.js';
import { WriteQueue } from './write-queue.js';

describe('a write queue', () => {
  /** What was written, and how to end each write. */
  let writes: { readonly items: readonly number[]; readonly end: (error?: Error) => void }[];
  let clock: ManualClock;
  let queue: WriteQueue<number>;
  beforeEach(() => {
    writes = [];
    clock = new ManualClock();
    queue = new WriteQueue(clock, (items) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      writes.push({ items, end: (error) => (error ? reject(error) : resolve()) });
      return promise;
    });
  });
  const items = () => writes.map((write) => write.items);
  const begun = async (count: number) => {
    while (writes.length < count) await setImmediate();
    return writes[count - 1]!;
  };

  it('writes together what comes in the same turn, and what comes during a write', async () => {
    const first = [queue.add(1), queue.add(2)];
    const { end } = await begun(1);
    const second = [queue.add(3), queue.add(4)];
    end();
    await Promise.all(first);
    (await begun(2)).end();
    await Promise.all(second);
    expect(items()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('lets each fail for itself where they can’t be written together', async () => {
    const added = [1, 2, 3].map((item) => queue.add(item).then(() => 'written', String));
    (await begun(1)).end(new Error('one of them'));
    (await begun(2)).end();
    (await begun(3)).end(new Error('this one'));
    (await begun(4)).end();
    expect(await Promise.all(added)).toEqual(['written', 'Error: this one', 'written']);
    expect(items()).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it('keeps none of those that can be written waiting for one that can not', async () => {
    const added = [1, 2, 3, 4, 5, 6].map((item) => queue.add(item));
    (await begun(1)).end(new Error('one of them is locked'));
    const locked = await begun(2);
    for (let next = 3; next <= 7; next += 1) (await begun(next)).end();
    expect(await Promise.all(added.slice(1))).toHaveLength(5);
    expect(locked.items).toEqual([1]);
    locked.end();
    await added[0];
  });

  it('keeps nobody waiting for a write that takes long', async () => {
    const slow = queue.add(1);
    const { end } = await begun(1);
    const next = queue.add(2);
    clock.advance(100);
    (await begun(2)).end();
    await next;
    end();
    await slow;
    const last = queue.add(3);
    (await begun(3)).end();
    await last;
    expect(items()).toEqual([[1], [2], [3]]);
  });

  it('writes everything once, however writes end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ fails: fc.boolean(), pause: fc.boolean() }), { maxLength: 30 }),
        async (all) => {
          const written: number[] = [];
          const tested = new WriteQueue<number>(new ManualClock(), async (some) => {
            await setImmediate();
            if (some.some((item) => all[item]!.fails)) throw new Error('refused');
            written.push(...some);
          });
          const outcomes: Promise<boolean>[] = [];
          for (const [item, { pause }] of all.entries()) {
            outcomes.push(
              tested.add(item).then(
                () => true,
                () => false,
              ),
            );
            if (pause) await setImmediate();
          }
          expect(await Promise.all(outcomes)).toEqual(all.map(({ fails }) => !fails));
          expect(written.toSorted((a, b) => a - b)).toEqual([...all.keys()].filter((item) => !all[item]!.fails));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('lends the context of whoever comes first to nobody else', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const tested = new WriteQueue<number>(clock, async () => void seen.push(context.getStore()));
    await context.run('the first', () => tested.add(1));
    expect(seen).toEqual([undefined]);
  });
});
