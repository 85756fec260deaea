import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { interruptible } from './interruption.js';

const never = () => new Promise<never>(() => {});

describe('an interruptible step', () => {
  it('ends with its own result or error while there is time', async () => {
    await expect(interruptible(async () => 'done', 1000)).resolves.toBe('done');
    await expect(interruptible(async () => Promise.reject(new Error('own')), 1000)).rejects.toThrow('own');
  });

  it.each([0, -1, Number.NaN])('does not begin with a patience of %d', async (timeoutMs) => {
    let begun = false;
    const step = async () => void (begun = true);
    await expect(interruptible(step, timeoutMs)).rejects.toMatchObject({ by: 'timeout' });
    expect(begun).toBe(false);
  });

  it('does not begin for a caller that has given up', async () => {
    await expect(interruptible(never, 1000, AbortSignal.abort())).rejects.toMatchObject({ by: 'caller' });
  });

  it('tells the step of both ends, and leaves it behind if it does not listen', async () => {
    let told: AbortSignal | undefined;
    const step = (signal: AbortSignal) => {
      told = signal;
      return never();
    };
    await expect(interruptible(step, 20)).rejects.toMatchObject({ by: 'timeout' });
    expect(told?.aborted).toBe(true);

    const controller = new AbortController();
    const cancelled = interruptible(step, 1000, controller.signal);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ by: 'caller' });
    expect(told?.aborted).toBe(true);
  });

  it('waits for ever when asked to, not for a moment', async () => {
    await expect(interruptible(async () => 'done', Infinity)).resolves.toBe('done');
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(interruptible(never, Infinity, controller.signal)).rejects.toMatchObject({ by: 'caller' });
  });

  it('leaves neither timers nor listeners behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    const { signal } = new AbortController();
    const during = async () => getEventListeners(signal, 'abort').length;
    expect(await interruptible(during, 5000, signal)).toBe(1);
    await expect(interruptible(async () => Promise.reject(new Error('own')), 5000, signal)).rejects.toThrow('own');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(timers()).toBe(before);
  });
});
