import { beforeEach, describe, expect, it } from '@jest/globals';
import { SharedCalls } from './shared-calls.js';

const PATIENT = { timeoutMs: 10_000 };

describe('a shared call', () => {
  let calls: SharedCalls<string>;
  let made: { signal: AbortSignal; resolve: (answer: string) => void; reject: (error: Error) => void }[];
  const call = (signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    made.push({ signal, resolve, reject });
    return promise;
  };
  beforeEach(() => {
    calls = new SharedCalls();
    made = [];
  });

  it('is one for all who want the same at the same time', async () => {
    const waiting = [1, 2, 3].map(() => calls.join('a', call, PATIENT));
    const other = calls.join('b', call, PATIENT);
    expect(made).toHaveLength(2);
    made[0]!.resolve('answer');
    made[1]!.resolve('other');
    expect(await Promise.all(waiting)).toEqual(['answer', 'answer', 'answer']);
    expect(await other).toBe('other');
  });

  it('is made anew for who comes after the answer', async () => {
    const first = calls.join('a', call, PATIENT);
    made[0]!.resolve('first');
    await first;
    const second = calls.join('a', call, PATIENT);
    made[1]!.resolve('second');
    expect(await second).toBe('second');
  });

  it('goes on for the others when one of them gives up, be it the first', async () => {
    const controller = new AbortController();
    const first = calls.join('a', call, { ...PATIENT, signal: controller.signal });
    const hasty = calls.join('a', call, { timeoutMs: 5 });
    const patient = calls.join('a', call, PATIENT);
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: 'anrok_cancelled' });
    await expect(hasty).rejects.toMatchObject({ code: 'anrok_timeout', details: { afterMs: 5 } });
    expect(made[0]!.signal.aborted).toBe(false);
    made[0]!.resolve('answer');
    expect(await patient).toBe('answer');
    expect(made).toHaveLength(1);
  });

  it('ends with the last one who waits for it, and whoever comes then starts another', async () => {
    await expect(calls.join('a', call, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'anrok_timeout' });
    expect(made[0]!.signal.aborted).toBe(true);
    const next = calls.join('a', call, PATIENT);
    made[1]!.resolve('next');
    expect(await next).toBe('next');
  });

  it('fails for all who wait, and for nobody after them', async () => {
    const waiting = [1, 2].map(() => calls.join('a', call, PATIENT));
    made[0]!.reject(new Error('no answer'));
    for (const one of waiting) await expect(one).rejects.toThrow('no answer');
    const next = calls.join('a', call, PATIENT);
    made[1]!.resolve('next');
    expect(await next).toBe('next');
  });

  it('is not made for who has given up already', async () => {
    const cancelled = calls.join('a', call, { ...PATIENT, signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'anrok_cancelled', outcome: 'notSent' });
    expect(made).toEqual([]);
  });
});
