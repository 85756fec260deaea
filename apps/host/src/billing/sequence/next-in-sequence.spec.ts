import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { nextInSequence } from './next-in-sequence.js';

describe('a sequence', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.close());

  const next = (name: string, after: () => void = () => {}) =>
    host.inContext((em) =>
      em.transactional(async () => {
        const number = await nextInSequence(em, name);
        after();
        return number;
      }),
    );

  it('counts from one, each by its name', async () => {
    expect([await next('a'), await next('a'), await next('b')]).toEqual([1, 2, 1]);
  });

  it('takes a number back with its transaction', async () => {
    const fail = () => {
      throw new Error('changed my mind');
    };
    const first = await next('c');
    await expect(next('c', fail)).rejects.toThrow('changed my mind');
    expect(await next('c')).toBe(first + 1);
  });

  it('gives everybody another number', async () => {
    const numbers = await Promise.all(Array.from({ length: 10 }, () => next('d')));
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('gives nothing outside of a transaction, where it could not be taken back', async () => {
    await expect(host.inContext((em) => nextInSequence(em, 'e'))).rejects.toThrow('in a transaction');
  });
});
