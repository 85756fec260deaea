import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Idleness, pauseBetweenLooks } from './pause-between-looks.js';

const OPTIONS = { pollIntervalMs: 1_000, idleIntervalMs: 30_000 };

describe('the pause between looks for work', () => {
  it.each<[string, Idleness, number]>([
    ['is long for a worker that is told of all work', { isTold: true, dueInMs: Infinity, fruitless: 9 }, 30_000],
    ['ends when something becomes due', { isTold: true, dueInMs: 4_200, fruitless: 0 }, 4_200],
    ['is kept where what is due is locked by others', { isTold: true, dueInMs: -5_000, fruitless: 0 }, 1_000],
    ['is short for a worker that nobody tells', { isTold: false, dueInMs: Infinity, fruitless: 0 }, 1_000],
    ['doubles with each look that found nothing', { isTold: false, dueInMs: Infinity, fruitless: 2 }, 4_000],
    ['stops growing, since nobody will tell', { isTold: false, dueInMs: Infinity, fruitless: 5_000 }, 8_000],
    ['ends when something becomes due there too', { isTold: false, dueInMs: 2_500, fruitless: 50 }, 2_500],
  ])('%s', (_, idleness, pause) => {
    expect(pauseBetweenLooks(idleness, OPTIONS)).toBe(pause);
  });

  it('is never shorter than the interval of polls, nor longer than either limit', () => {
    const ms = fc.integer({ min: 10, max: 86_400_000 });
    fc.assert(
      fc.property(ms, ms, ms, fc.nat(), fc.boolean(), (pollIntervalMs, more, dueInMs, fruitless, isTold) => {
        const idleIntervalMs = pollIntervalMs + more;
        const pause = pauseBetweenLooks({ isTold, dueInMs, fruitless }, { pollIntervalMs, idleIntervalMs });
        expect(pause).toBeGreaterThanOrEqual(pollIntervalMs);
        expect(pause).toBeLessThanOrEqual(Math.max(pollIntervalMs, Math.min(dueInMs, idleIntervalMs)));
      }),
    );
  });
});
