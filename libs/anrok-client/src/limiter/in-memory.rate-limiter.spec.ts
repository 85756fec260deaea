import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VirtualClock } from '../testing/virtual-clock.js';
import { InMemoryRateLimiter } from './in-memory.rate-limiter.js';
import type { Lane } from './rate-limiter.js';

function setUp(requestsPerSecond = 10, jitterMarginMs = 0) {
  const clock = new VirtualClock();
  const limiter = new InMemoryRateLimiter({ requestsPerSecond, jitterMarginMs, clock });
  const starts: { name: string; at: number }[] = [];
  const ask = (
    name: string,
    { key = 'seller', lane = 'record' as Lane, signal = undefined as AbortSignal | undefined },
  ) => limiter.acquire(key, lane, signal).then(() => starts.push({ name, at: clock.now() }));
  const burst = (size: number, key = 'seller') => {
    for (let index = 0; index < size; index++) void ask(`${key}-${index}`, { key });
  };
  return { clock, limiter, starts, ask, burst, times: () => starts.map(({ at }) => at) };
}

describe('the in-memory rate limiter', () => {
  it('lets a burst of ten start at once, and whoever has to wait spread over the seconds that follow', async () => {
    const { clock, burst, times } = setUp();
    burst(25);
    await clock.advance(999);
    expect(times()).toEqual(Array(10).fill(0));
    await clock.advance(1001);
    const spread = Array.from({ length: 11 }, (_, index) => 1000 + 100 * index);
    expect(times()).toEqual([...Array(10).fill(0), ...spread]);
    await clock.advance(400);
    expect(times().slice(-4)).toEqual([2100, 2200, 2300, 2400]);
  });

  it('widens the window by the margin for jitter, 25 ms by default', async () => {
    const clock = new VirtualClock();
    const limiter = new InMemoryRateLimiter({ requestsPerSecond: 1, clock });
    const times: number[] = [];
    for (let index = 0; index < 3; index++) void limiter.acquire('s', 'bulk').then(() => times.push(clock.now()));
    await clock.advance(5000);
    expect(times).toEqual([0, 1025, 2050]);
  });

  it('keeps the limit in any window, through bursts, pauses and cancellations, and loses nobody', async () => {
    const event = fc.record({
      afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1500 })),
      lane: fc.constantFrom<Lane>('interactive', 'record', 'bulk'),
      size: fc.integer({ min: 0, max: 8 }),
      pauseMs: fc.option(fc.integer({ min: 1, max: 3000 }), { freq: 6 }),
      isCancelled: fc.boolean(),
      isReplaced: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(event, { maxLength: 15 }), async (limit, events) => {
        const { clock, limiter, starts, ask } = setUp(limit);
        const asked: string[] = [];
        const left: string[] = [];
        const pauses: { from: number; to: number }[] = [];
        for (const { afterMs, lane, size, pauseMs, isCancelled, isReplaced } of events) {
          await clock.advance(afterMs);
          if (pauseMs !== null) {
            limiter.pause('seller', pauseMs);
            pauses.push({ from: clock.now(), to: clock.now() + pauseMs });
          }
          const controller = new AbortController();
          const askNext = (signal?: AbortSignal) => {
            const name = `${lane}-${asked.length}`;
            asked.push(name);
            ask(name, { lane, ...(signal && { signal }) }).catch(() => left.push(name));
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
        for (let index = limit; index < starts.length; index++)
          expect(starts[index]!.at - starts[index - limit]!.at).toBeGreaterThanOrEqual(1000);
        for (const { at } of starts) expect(pauses.filter(({ from, to }) => at > from && at < to)).toEqual([]);
        for (const lane of ['interactive', 'record', 'bulk'])
          expect(started.filter((name) => name.startsWith(lane))).toEqual(
            asked.filter((name) => name.startsWith(lane) && !left.includes(name)),
          );
        expect(clock.timers).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('lets a person overtake a resync that waits', async () => {
    const { clock, starts, ask, burst } = setUp(2);
    burst(6);
    void ask('person', { lane: 'interactive' });
    await clock.advance(1000);
    expect(starts.slice(2).map(({ name }) => name)).toEqual(['person', 'seller-2']);
  });

  it('has a person who comes while a resync waits wait for one place, not for a window', async () => {
    const { clock, ask, starts } = setUp();
    for (let index = 0; index < 60; index++) void ask(`resync-${index}`, { lane: 'bulk' });
    await clock.advance(2_345);
    void ask('person', { lane: 'interactive' });
    await clock.advance(2_000);
    expect(starts.find(({ name }) => name === 'person')?.at).toBe(2_400);
    // and nobody's place is lost by it
    expect(starts).toHaveLength(10 + 34);
  });

  it('keeps a resync going under a flood of interactive calls: one place of ten', async () => {
    const { clock, starts, ask, burst } = setUp();
    burst(10);
    for (let index = 0; index < 100; index++) void ask('person', { lane: 'interactive' });
    for (let index = 0; index < 10; index++) void ask('resync', { lane: 'bulk' });
    await clock.advance(5000);
    expect(starts).toHaveLength(60);
    expect(starts.filter(({ name }) => name === 'resync').length).toBeGreaterThanOrEqual(5);
  });

  it('counts each seller account by itself', async () => {
    const { clock, burst, starts } = setUp();
    burst(10, 'one');
    burst(10, 'two');
    await clock.advance(0);
    expect(starts).toHaveLength(20);
  });

  it('holds every lane during a pause; a shorter pause does not shorten it', async () => {
    const { clock, limiter, ask, times } = setUp();
    limiter.pause('seller', 3000);
    limiter.pause('seller', 10);
    limiter.pause('seller', Number.NaN);
    for (const lane of ['interactive', 'record', 'bulk'] as const) void ask(lane, { lane });
    await clock.advance(2999);
    expect(times()).toEqual([]);
    await clock.advance(1);
    expect(times()).toEqual([3000, 3000]);
    await clock.advance(100);
    expect(times()).toEqual([3000, 3000, 3100]);
  });

  it('tells how busy an account is, and remembers nobody for being asked', async () => {
    const { clock, limiter, burst } = setUp(2);
    burst(5);
    await clock.advance(0);
    expect(await limiter.usage('seller')).toEqual({ limit: 2, taken: 2, waiting: 3, pausedForMs: 0 });
    limiter.pause('seller', 3000);
    await clock.advance(1000);
    expect(await limiter.usage('seller')).toEqual({ limit: 2, taken: 0, waiting: 3, pausedForMs: 2000 });
    await clock.advance(10_000);
    expect(await limiter.usage('seller')).toEqual({ limit: 2, taken: 0, waiting: 0, pausedForMs: 0 });
    expect(await limiter.usage('another')).toEqual({ limit: 2, taken: 0, waiting: 0, pausedForMs: 0 });
    expect(limiter.size).toBe(1);
  });

  it('takes whoever gives up out of the queue, with the reason, and keeps no place for him', async () => {
    const { clock, ask, burst, starts } = setUp(1);
    burst(1);
    const controller = new AbortController();
    const cancelled = ask('cancelled', { signal: controller.signal });
    void ask('next', {});
    controller.abort(new Error('enough'));
    await expect(cancelled).rejects.toThrow('enough');
    await expect(ask('late', { signal: controller.signal })).rejects.toThrow('enough');
    await clock.advance(1000);
    expect(starts.at(-1)).toEqual({ name: 'next', at: 1000 });
  });

  it('leaves nothing on the signal of whoever started', async () => {
    const { signal } = new AbortController();
    const { ask } = setUp();
    await ask('started', { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('sets one timer however many wait, and none when nobody does', async () => {
    const { clock, ask, burst } = setUp(1);
    burst(1);
    expect(clock.timers).toBe(0);
    const controller = new AbortController();
    const waiting = [1, 2, 3].map(() => ask('waiting', { signal: controller.signal }).catch(() => 'left'));
    expect(clock.timers).toBe(1);
    controller.abort();
    await Promise.all(waiting);
    expect(clock.timers).toBe(0);
  });

  it('forgets seller accounts that are idle', async () => {
    const { clock, limiter, burst } = setUp();
    for (let index = 0; index < 100; index++) burst(1, `seller-${index}`);
    limiter.pause('paused', 10_000);
    expect(limiter.size).toBe(101);
    await clock.advance(1000);
    burst(1, 'another');
    expect(limiter.size).toBe(2);
  });

  it('keeps the process alive while somebody waits, and not otherwise', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    const limiter = new InMemoryRateLimiter({ requestsPerSecond: 1, jitterMarginMs: 0 });
    await limiter.acquire('seller', 'bulk');
    expect(timers()).toBe(before);
    const controller = new AbortController();
    const waiting = limiter.acquire('seller', 'bulk', controller.signal);
    expect(timers()).toBe(before + 1);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(timers()).toBe(before);
  });

  it('serves after a pause on the real clock', async () => {
    const limiter = new InMemoryRateLimiter();
    const startedAt = performance.now();
    limiter.pause('seller', 30);
    await limiter.acquire('seller', 'interactive');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(30);
  });

  it.each([{ requestsPerSecond: 0 }, { requestsPerSecond: 1.5 }, { jitterMarginMs: -1 }, { jitterMarginMs: NaN }])(
    'refuses %j',
    (options) => {
      expect(() => new InMemoryRateLimiter(options)).toThrow(RangeError);
    },
  );
});
