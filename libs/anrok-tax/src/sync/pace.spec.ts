import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

describe('Pace', () => {
  const after = (...answers: number[]) => {
    const pace = new Pace(8);
    for (const ms of answers) pace.took(ms);
    return pace.places;
  };

  it('begins with what is asked for, as long as nothing is known of answers', () => {
    expect(after()).toBe(8);
  });

  it.each([
    { answers: 'at once', ms: 0, places: 32 },
    { answers: 'within fifty milliseconds', ms: 50, places: 32 },
    { answers: 'within a tenth of a second', ms: 100, places: 20 },
    { answers: 'in their turn of a limit of ten a second', ms: 800, places: 9 },
    { answers: 'after a time-out', ms: 30_000, places: 8 },
  ])('works on $places of eight at a time while answers come $answers', ({ ms, places }) => {
    expect(after(ms, ms, ms)).toBe(places);
  });

  it('works on less at a time as soon as one answer is late', () => {
    expect(after(0, 0, 0, 0)).toBe(32);
    expect(after(0, 0, 0, 0, 2_000)).toBe(12);
  });

  it('comes back when answers come at once again', () => {
    expect(after(2_000, ...Array.from({ length: 40 }, () => 5))).toBe(32);
  });

  it('takes a clock that is set back for an answer at once', () => {
    expect(after(-3_600_000, 800, 800)).toBeLessThan(32);
    expect(after(-3_600_000)).toBe(32);
  });
});
