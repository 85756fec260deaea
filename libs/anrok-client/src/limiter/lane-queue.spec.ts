import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LaneQueue } from './lane-queue.js';
import type { Lane } from './rate-limiter.js';

const LANES: readonly Lane[] = ['interactive', 'record', 'bulk'];

function takeAll(queue: LaneQueue<string>): string[] {
  const taken: string[] = [];
  while (!queue.isEmpty) taken.push(queue.take()!);
  return taken;
}

describe('a lane queue', () => {
  it('serves lanes by priority, and whoever came first within a lane', () => {
    const queue = new LaneQueue<string>(10);
    queue.add('bulk', 'b1');
    queue.add('record', 'r1');
    queue.add('interactive', 'i1');
    queue.add('record', 'r2');
    queue.add('interactive', 'i2');
    expect(takeAll(queue)).toEqual(['i1', 'i2', 'r1', 'r2', 'b1']);
  });

  it('leaves eight of ten places to the first lane and one to each of the others', () => {
    const queue = new LaneQueue<{ lane: Lane }>(10);
    for (let index = 0; index < 40; index++) for (const lane of LANES) queue.add(lane, { lane });
    const taken = Array.from({ length: 20 }, () => queue.take()?.lane);
    for (const ten of [taken.slice(0, 10), taken.slice(10)])
      expect(LANES.map((lane) => ten.filter((name) => name === lane).length)).toEqual([8, 1, 1]);
  });

  it('never starves a lane: one of any `share` places in a row is its own while it waits', () => {
    const steps = fc.array(fc.oneof(fc.constantFrom(...LANES), fc.constant('take' as const)), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), steps, (share, script) => {
        const queue = new LaneQueue<{ lane: Lane }>(share);
        const waiting: Record<Lane, number> = { interactive: 0, record: 0, bulk: 0 };
        const passedOver: Record<Lane, number> = { interactive: 0, record: 0, bulk: 0 };
        for (const step of script) {
          if (step !== 'take') {
            queue.add(step, { lane: step });
            waiting[step]++;
            continue;
          }
          const taken = queue.take()?.lane;
          expect(taken === undefined).toBe(LANES.every((lane) => waiting[lane] === 0));
          if (!taken) continue;
          for (const lane of LANES) passedOver[lane] = lane === taken || waiting[lane] === 0 ? 0 : passedOver[lane] + 1;
          waiting[taken]--;
          for (const lane of LANES) expect(passedOver[lane]).toBeLessThan(Math.max(share, 4));
        }
      }),
    );
  });

  it('counts nothing of an earlier wait to a lane that was left', () => {
    const queue = new LaneQueue<string>(10);
    const serve = () => {
      queue.add('interactive', 'person');
      return queue.take();
    };
    queue.add('bulk', 'resync');
    for (let index = 0; index < 8; index++) expect(serve()).toBe('person');
    queue.remove('bulk', 'resync');
    queue.add('bulk', 'resync');
    for (let index = 0; index < 8; index++) expect(serve()).toBe('person');
    expect(serve()).toBe('resync');
  });

  it('forgets whoever leaves', () => {
    const queue = new LaneQueue<string>(10);
    queue.add('record', 'r1');
    queue.add('record', 'r2');
    queue.remove('record', 'r1');
    expect(takeAll(queue)).toEqual(['r2']);
  });
});
