import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideRedelivery, type FailedDelivery } from './redelivery-policy.js';

const START = new Date('2026-03-15T12:00:00Z');
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const after = (ms: number) => new Date(START.getTime() + ms);

const decide = (failed: Partial<FailedDelivery>) =>
  decideRedelivery({ attempts: 1, firstFailedAt: START, now: START, jitter: 0.5, ...failed });

describe('decideRedelivery', () => {
  it.each([
    [1, 5 * SECOND],
    [2, 20 * SECOND],
    [3, 80 * SECOND],
    [4, 320 * SECOND],
    [5, 1_280 * SECOND],
    [6, 5_120 * SECOND],
    [7, 20_480 * SECOND],
    [8, 8 * HOUR],
    [9, 8 * HOUR],
    [1_000_000, 8 * HOUR],
  ])('after try %i waits %i ms', (attempts, delay) =>
    expect(decide({ attempts })).toEqual({ status: 'retrying', at: after(delay) }),
  );

  it.each([
    [0, 4 * SECOND],
    [1, 6 * SECOND],
  ])('spreads by a fifth: jitter %d waits %i ms', (jitter, delay) =>
    expect(decide({ jitter })).toEqual({ status: 'retrying', at: after(delay) }),
  );

  it.each([
    ['the first failure', { attempts: 9, now: after(64 * HOUR) }, 'retrying'],
    ['a moment later', { attempts: 9, now: after(64 * HOUR + 1) }, 'failed'],
    ['days later, after an outage of our own', { attempts: 2, now: after(100 * HOUR) }, 'failed'],
    ['its first try, however late that was', { firstFailedAt: after(100 * HOUR), now: after(100 * HOUR) }, 'retrying'],
  ] as const)('gives up what would be tried more than three days after %s', (_, failed, status) =>
    expect(decide(failed).status).toBe(status),
  );

  it.each([
    [410, 'failed'],
    [400, 'retrying'],
    [301, 'retrying'],
    [500, 'retrying'],
    [429, 'retrying'],
    [undefined, 'retrying'],
  ])('answer %s: %s', (httpStatus, status) =>
    expect(decide(httpStatus === undefined ? {} : { httpStatus }).status).toBe(status),
  );

  it('tries some dozen times over about three days, ever more seldom, and then gives up', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (jitters) => {
        const tries = [START];
        for (const jitter of jitters) {
          const next = decide({ attempts: tries.length, now: tries.at(-1)!, jitter });
          if (next.status === 'failed') break;
          expect(next.at.getTime()).toBeGreaterThan(tries.at(-1)!.getTime());
          tries.push(next.at);
        }
        expect(tries.length).toBeGreaterThanOrEqual(13);
        expect(tries.length).toBeLessThanOrEqual(19);
        const lasted = tries.at(-1)!.getTime() - START.getTime();
        expect(lasted).toBeLessThanOrEqual(72 * HOUR);
        expect(lasted).toBeGreaterThan(72 * HOUR - 9.6 * HOUR);
      }),
    );
  });
});
