import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Keyv, KeyvMemoryAdapter } from 'keyv';
import type { AnrokTaxModuleOptions } from '../options/anrok-tax.options.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { ManualClock } from '../testing/manual.clock.js';
import { EstimateCache } from './estimate.cache.js';
import type { KnownAnswer } from './known-answer.js';

const HOUR_MS = 3_600_000;
const question = { key: 'key', connectionId: 'con-1', customerId: 'cus-1', lines: [] };

describe('the cache of estimates', () => {
  const clock = new ManualClock();
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
  let map: Map<string, unknown>;
  beforeEach(() => {
    map = new Map();
    warn.mockClear();
  });
  afterEach(() => void jest.useRealTimers());

  const cacheOf = (options: Partial<AnrokTaxModuleOptions> = {}) =>
    new EstimateCache(
      AnrokTaxOptions.from({
        encryptionKey: Buffer.alloc(32, 1).toString('base64'),
        ...options,
        estimateCache: { store: map, ...options.estimateCache },
      }),
      clock,
    );
  const answerUnder = (epochs: readonly string[]): KnownAnswer => ({
    version: 1,
    epochs,
    answeredAt: clock.now().getTime(),
    lines: [],
  });
  const learn = async (cache: EstimateCache) => {
    const { epochs } = await cache.lookUp(question);
    const known = answerUnder(epochs!);
    await cache.keep(question, known);
    return known;
  };

  it('knows what it was told, in this process and in others', async () => {
    const known = await learn(cacheOf());
    expect(await cacheOf().lookUp(question)).toMatchObject({ fresh: known, last: known });
    expect(await cacheOf().lookUp({ ...question, key: 'other' })).toEqual({ epochs: known.epochs });
  });

  it('tells the fresh from what is only the last known', async () => {
    const cache = cacheOf({ estimates: { draft: 'stale' } });
    const known = await learn(cache);
    clock.advance(24 * HOUR_MS - 1);
    expect(await cache.lookUp(question)).toMatchObject({ fresh: known, last: known });
    clock.advance(1);
    expect(await cache.lookUp(question)).toEqual({ epochs: known.epochs, last: known });
    clock.advance(29 * 24 * HOUR_MS);
    expect(await cache.lookUp(question)).toEqual({ epochs: known.epochs });
  });

  it('does not know what was answered at a time that is still to come', async () => {
    const cache = cacheOf();
    const { epochs } = await cache.lookUp(question);
    await cache.keep(question, { ...answerUnder(epochs!), answeredAt: clock.now().getTime() + 1 });
    expect(await cache.lookUp(question)).toEqual({ epochs });
  });

  it('lets the store drop what nobody can want any more', async () => {
    jest.useFakeTimers({ now: clock.now() });
    await learn(cacheOf());
    await learn(cacheOf({ estimates: { draft: 'stale' } }));
    jest.setSystemTime(clock.now().getTime() + 25 * HOUR_MS);
    expect((await cacheOf().lookUp(question)).last).toBeDefined();
    await learn(cacheOf());
    jest.setSystemTime(clock.now().getTime() + 50 * HOUR_MS);
    expect((await cacheOf().lookUp(question)).last).toBeUndefined();
  });

  it.each<[string, (cache: EstimateCache) => Promise<void>]>([
    ['customer', (cache) => cache.forgetCustomer('cus-1')],
    ['connection', (cache) => cache.forgetConnection('con-1')],
  ])('forgets what is known of a %s, for all processes', async (_, forget) => {
    const cache = cacheOf();
    const known = await learn(cache);
    await forget(cacheOf());
    const { epochs, last } = await cache.lookUp(question);
    expect(last).toBeUndefined();
    expect(epochs).not.toEqual(known.epochs);
    expect(await learn(cache)).toEqual((await cache.lookUp(question)).fresh);
  });

  it('keeps what is known of others', async () => {
    const cache = cacheOf();
    await learn(cache);
    await cache.forgetCustomer('cus-2');
    await cache.forgetConnection('con-2');
    expect((await cache.lookUp(question)).fresh).toBeDefined();
  });

  it('does not know an answer to what was asked before it was told to forget', async () => {
    const cache = cacheOf();
    const { epochs } = await cache.lookUp(question);
    await cache.forgetCustomer('cus-1');
    await cache.keep(question, answerUnder(epochs!));
    expect((await cache.lookUp(question)).last).toBeUndefined();
  });

  it('gives all who come at once the same epochs', async () => {
    const cache = cacheOf();
    const looks = await Promise.all([1, 2, 3].map(() => cache.lookUp(question)));
    expect(new Set(looks.map(({ epochs }) => epochs!.join())).size).toBe(1);
  });

  it.each<[string, (key: string) => boolean]>([
    ['the epochs', (key) => key.includes('epoch')],
    ['the answers', (key) => key.includes('answer')],
  ])('knows nothing when the store has lost %s', async (_, isLost) => {
    const cache = cacheOf();
    await learn(cache);
    for (const key of map.keys()) if (isLost(key)) map.delete(key);
    expect((await cache.lookUp(question)).last).toBeUndefined();
  });

  it('knows nothing of an answer in another form', async () => {
    const cache = cacheOf();
    const known = await learn(cache);
    await cache.keep(question, { ...known, version: 2 as never });
    expect(await cache.lookUp(question)).toEqual({ epochs: known.epochs });
    map.set(
      [...map.keys()].find((key) => key.includes('answer'))!,
      { value: '{"broken', expires: undefined },
    );
    expect(await cache.lookUp(question)).toEqual({ epochs: known.epochs });
  });

  it('writes plain JSON, of which no key or value names an address or a tax id', async () => {
    await learn(cacheOf());
    expect([...map.keys()]).toEqual([
      'anrok-tax:epoch:connection:con-1',
      'anrok-tax:epoch:customer:cus-1',
      'anrok-tax:answer:key',
    ]);
  });

  it.each([
    ['a Keyv', () => new Keyv()],
    ['a storage adapter', () => new KeyvMemoryAdapter(new Map())],
    ['a Map', () => new Map()],
    ['nothing', () => undefined],
  ])('takes %s for a store', async (_, store) => {
    const cache = cacheOf({ estimateCache: { store: store() } });
    const known = await learn(cache);
    expect((await cache.lookUp(question)).fresh).toEqual(known);
  });

  describe('on a store that fails', () => {
    let isDown: boolean;
    class Unreliable extends Map<string, unknown> {
      override get(key: string): unknown {
        if (isDown) throw new Error('connection lost');
        return super.get(key);
      }
      override set(key: string, value: unknown): this {
        if (isDown) throw new Error('connection lost');
        return super.set(key, value);
      }
    }
    beforeEach(() => {
      isDown = true;
      map = new Unreliable();
    });

    it('knows nothing, keeps nothing, fails nobody, and says so once', async () => {
      const cache = cacheOf();
      for (let times = 0; times < 3; times++) expect(await cache.lookUp(question)).toEqual({});
      await cache.keep(question, answerUnder([]));
      await cache.forgetCustomer('cus-1');
      expect(warn).toHaveBeenCalledTimes(1);
      expect(warn).toHaveBeenCalledWith(expect.any(String), { error: 'Error' }, expect.any(String));
    });

    it('works again when the store does, and says the next failure', async () => {
      const cache = cacheOf();
      await cache.lookUp(question);
      isDown = false;
      const known = await learn(cache);
      expect((await cache.lookUp(question)).fresh).toEqual(known);
      isDown = true;
      await cache.lookUp(question);
      expect(warn).toHaveBeenCalledTimes(2);
    });

    it('forgets all the same, before anything is known again', async () => {
      isDown = false;
      const cache = cacheOf();
      await learn(cache);
      isDown = true;
      await cache.forgetCustomer('cus-1');
      isDown = false;
      expect((await cache.lookUp(question)).last).toBeUndefined();
      await learn(cache);
      expect((await cache.lookUp(question)).fresh).toBeDefined();
    });

    it('waits for a store that hangs no longer than for a call', async () => {
      const forever = async () => new Promise<never>(() => {});
      const store = { get: forever, set: forever, delete: forever, clear: forever, has: forever };
      expect(await cacheOf({ estimateCache: { store } }).lookUp(question)).toEqual({});
      expect(warn).toHaveBeenCalledWith(expect.any(String), { error: 'StoreTooSlowError' }, expect.any(String));
    });
  });
});
