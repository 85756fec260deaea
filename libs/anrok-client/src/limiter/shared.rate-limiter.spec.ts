import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InMemoryPlaceStore } from '../testing/in-memory.place-store.js';
import { VirtualClock } from '../testing/virtual-clock.js';
import type { Lane } from './rate-limiter.js';
import { SharedRateLimiter } from './shared.rate-limiter.js';

interface Asking {
  readonly lane?: Lane;
  readonly signal?: AbortSignal;
  /** Which of the processes asks. */
  readonly process?: number;
}

function setUp(places = 10, processes = 2) {
  const clock = new VirtualClock();
  const store = new InMemoryPlaceStore(clock, places);
  const limiters = Array.from({ length: processes }, () => new SharedRateLimiter(store, { laneShare: places, clock }));
  const starts: { name: string; at: number }[] = [];
  const ask = (name: string, { lane = 'record', signal, process = 0 }: Asking = {}) =>
    limiters[process % processes]!.acquire('seller', lane, signal).then(() => starts.push({ name, at: clock.now() }));
  return { clock, store, limiters, starts, ask, times: () => starts.map(({ at }) => at) };
}

describe('the shared rate limiter', () => {
  it('gives several processes together no more than one of them alone', async () => {
    const { clock, ask, times } = setUp();
    for (let index = 0; index < 25; index++) void ask(`${index}`, { process: index });
    await clock.advance(2_000);
    const inTime = times().toSorted((a, b) => a - b);
    expect(inTime.slice(0, 10)).toEqual(Array(10).fill(0));
    // whoever is the first to wait in a process starts when a place is free; from then on they are spread
    const spread = Array.from({ length: 8 }, (_, index) => 1_100 + index * 100);
    expect(inTime.slice(10)).toEqual([1_000, 1_000, ...spread, 2_000]);
  });

  it('keeps the limit in any window, through bursts, pauses and cancellations, and loses nobody', async () => {
    const event = fc.record({
      afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1500 })),
      process: fc.nat({ max: 2 }),
      lane: fc.constantFrom<Lane>('interactive', 'record', 'bulk'),
      size: fc.integer({ min: 0, max: 8 }),
      pauseMs: fc.option(fc.integer({ min: 1, max: 3000 }), { freq: 6 }),
      isCancelled: fc.boolean(),
      isReplaced: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(event, { maxLength: 15 }), async (places, events) => {
        const { clock, limiters, starts, ask } = setUp(places, 3);
        const asked: string[] = [];
        const left: string[] = [];
        const pauses: { from: number; to: number }[] = [];
        for (const { afterMs, process, lane, size, pauseMs, isCancelled, isReplaced } of events) {
          await clock.advance(afterMs);
          if (pauseMs !== null) {
            limiters[process]!.pause('seller', pauseMs);
            pauses.push({ from: clock.now(), to: clock.now() + pauseMs });
            await clock.advance(0);
          }
          const controller = new AbortController();
          const askNext = (signal?: AbortSignal) => {
            const name = `${process} ${lane} ${asked.length}`;
            asked.push(name);
            ask(name, { lane, process, ...(signal && { signal }) }).catch(() => left.push(name));
          };
          for (let index = 0; index < size; index++) askNext(controller.signal);
          await clock.advance(0);
          if (isCancelled) controller.abort();
          // in the same turn
          if (isReplaced) askNext();
        }
        await clock.advance(1_000_000);

        const started = starts.map(({ name }) => name);
        expect([...started, ...left].toSorted()).toEqual(asked.toSorted());
        const times = starts.map(({ at }) => at).toSorted((a, b) => a - b);
        for (let index = places; index < times.length; index++)
          expect(times[index]! - times[index - places]!).toBeGreaterThanOrEqual(1_000);
        for (const at of times) expect(pauses.filter(({ from, to }) => at > from && at < to)).toEqual([]);
        const inLane = (name: string, of: string) => name.startsWith(of);
        for (const process of [0, 1, 2])
          for (const lane of ['interactive', 'record', 'bulk'])
            expect(started.filter((name) => inLane(name, `${process} ${lane}`))).toEqual(
              asked.filter((name) => inLane(name, `${process} ${lane}`) && !left.includes(name)),
            );
        expect(clock.timers).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('lets a person overtake the resyncs of all processes: each is at most one place ahead', async () => {
    const { clock, starts, ask } = setUp(1);
    for (let index = 0; index < 20; index++) void ask('resync', { lane: 'bulk', process: index });
    await clock.advance(1_500);
    void ask('person', { lane: 'interactive' });
    await clock.advance(3_000);
    expect(starts.slice(2).findIndex(({ name }) => name === 'person')).toBeLessThanOrEqual(1);
  });

  it('has a person who comes while a resync waits wait for a place, not for a window', async () => {
    const { clock, ask, starts } = setUp(10, 1);
    for (let index = 0; index < 60; index++) void ask('resync', { lane: 'bulk' });
    await clock.advance(2_345);
    void ask('person', { lane: 'interactive' });
    await clock.advance(2_000);
    expect(starts.find(({ name }) => name === 'person')?.at).toBe(2_400);
    // and nobody's place is lost by it
    expect(starts).toHaveLength(10 + 34);
  });

  it('keeps a resync going under a flood of interactive calls', async () => {
    const { clock, starts, ask } = setUp(10, 1);
    for (let index = 0; index < 100; index++) void ask('person', { lane: 'interactive' });
    for (let index = 0; index < 10; index++) void ask('resync', { lane: 'bulk' });
    await clock.advance(5_000);
    expect(starts).toHaveLength(60);
    expect(starts.filter(({ name }) => name === 'resync').length).toBeGreaterThanOrEqual(5);
  });

  it('holds all processes during a pause that one of them was told of; a shorter one does not shorten it', async () => {
    const { clock, limiters, ask, times } = setUp(1);
    void ask('before', { process: 1 });
    void ask('has a place already', { process: 1 });
    await clock.advance(500);
    limiters[0]!.pause('seller', 3_000);
    limiters[0]!.pause('seller', 10);
    limiters[0]!.pause('seller', Number.NaN);
    void ask('after', { process: 0 });
    await clock.advance(10_000);
    expect(times()).toEqual([0, 3_500, 4_500]);
  });

  it('lets nobody use a place earlier who comes in the same turn in which the last one gave up', async () => {
    const { clock, ask, times } = setUp(1);
    void ask('first');
    await clock.advance(0);
    for (let index = 0; index < 5; index++) {
      const controller = new AbortController();
      ask(`waiting ${index}`, { signal: controller.signal }).catch(() => {});
      await clock.advance(100);
      controller.abort();
    }
    void ask('last');
    await clock.advance(499);
    expect(times()).toEqual([0]);
    await clock.advance(1);
    expect(times()).toEqual([0, 1_000]);
    expect(clock.timers).toBe(0);
  });

  it('keeps a place that nobody waits for any more for whoever comes before it is free', async () => {
    const { clock, limiters, ask, times } = setUp(1);
    void ask('first');
    for (let index = 0; index < 5; index++) {
      const controller = new AbortController();
      ask(`waiting ${index}`, { signal: controller.signal }).catch(() => {});
      await clock.advance(100);
      controller.abort();
      await clock.advance(0);
      expect(clock.timers).toBe(0);
    }
    void limiters[0]!.acquire('another', 'record');
    void ask('next');
    void ask('the one after');
    await clock.advance(1_500);
    expect(times()).toEqual([0, 1_000, 2_000]);
  });

  it('uses no place that was kept once its time is over, or a pause has begun', async () => {
    const { clock, limiters, ask, times } = setUp(1);
    const keepOne = async () => {
      const controller = new AbortController();
      ask('gone', { signal: controller.signal }).catch(() => {});
      await clock.advance(0);
      controller.abort();
      await clock.advance(0);
    };
    void ask('first');
    await keepOne();
    await clock.advance(1_500);
    // the place that was kept is used no more, though nobody else has it yet
    void ask('late');
    await clock.advance(600);
    expect(times()).toEqual([0, 2_000]);
    await keepOne();
    limiters[1]!.pause('seller', 5_000);
    void ask('paused');
    await clock.advance(10_000);
    expect(times()).toEqual([0, 2_000, 7_100]);
  });

  it('forgets seller accounts that are idle', async () => {
    const { clock, limiters } = setUp();
    for (let index = 0; index < 100; index++) void limiters[0]!.acquire(`seller-${index}`, 'bulk');
    expect(limiters[0]!.size).toBe(100);
    await clock.advance(0);
    void limiters[0]!.acquire('another', 'bulk');
    expect(limiters[0]!.size).toBe(1);
  });

  it('tells everybody who waits what went wrong with the store, and goes on once it is there again', async () => {
    const { clock, store, ask, starts } = setUp();
    store.failure = new Error('the database is away');
    const waiting = [ask('one'), ask('two')];
    for (const one of waiting) await expect(one).rejects.toThrow('the database is away');
    store.failure = undefined;
    void ask('three');
    await clock.advance(0);
    expect(starts).toEqual([{ name: 'three', at: 0 }]);
  });

  it('leaves nothing on the signal of whoever started or gave up, and no timer when nobody waits', async () => {
    const { clock, ask } = setUp(1);
    const { signal } = new AbortController();
    await ask('started', { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const controller = new AbortController();
    const gone = ask('gone', { signal: controller.signal });
    await clock.advance(0);
    expect(clock.timers).toBe(1);
    controller.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    await expect(ask('late', { signal: controller.signal })).rejects.toThrow('enough');
    await clock.advance(0);
    expect(clock.timers).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});
