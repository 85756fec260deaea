import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateLimiter } from './rate.limiter.js';

const at = (milliseconds: number) => new Date(1_000_000 + milliseconds);

describe('the rate limiter', () => {
  it('lets a seller in so many times within any second', () => {
    const limiter = new RateLimiter(2);
    expect(limiter.admit('one', at(0))).toBeUndefined();
    expect(limiter.admit('one', at(600))).toBeUndefined();
    expect(limiter.admit('one', at(999))).toBe(1);
    expect(limiter.admit('one', at(1_000))).toBeUndefined();
    expect(limiter.admit('one', at(1_599))).toBe(1);
    expect(limiter.admit('one', at(1_600))).toBeUndefined();
  });

  it('counts each seller for itself', () => {
    const limiter = new RateLimiter(1);
    expect([limiter.admit('one', at(0)), limiter.admit('two', at(0))]).toEqual([undefined, undefined]);
  });

  it('lets everybody in without a limit', () => {
    const limiter = new RateLimiter(null);
    expect(Array.from({ length: 100 }, () => limiter.admit('one', at(0)))).not.toContain(1);
  });

  it('goes on when the clock is set back', () => {
    const limiter = new RateLimiter(1);
    limiter.admit('one', at(60_000));
    expect(limiter.admit('one', at(0))).toBeUndefined();
  });

  it('never lets in more than the limit within a second, and asks for whole seconds above 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(400), { maxLength: 60 }), (limit, steps) => {
        const limiter = new RateLimiter(limit);
        const admitted: number[] = [];
        let time = 0;
        for (const step of steps) {
          time += step;
          const seconds = limiter.admit('one', at(time));
          if (seconds === undefined) admitted.push(time);
          else expect(Number.isInteger(seconds) && seconds >= 1).toBe(true);
        }
        for (const start of admitted)
          expect(admitted.filter((one) => one >= start && one < start + 1_000).length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
