import { AnrokClient } from '@anrok-nest/client';
import type { TaxCustomer, TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PlacesAhead } from './places-ahead.js';

const DOCUMENT = anInvoice();
const of = (customer: Partial<TaxCustomer>) => anInvoice({ customer: { ...DOCUMENT.customer, ...customer } });

describe('a place that is asked for ahead', () => {
  let ahead: PlacesAhead;
  let asked: { seller: string; signal: AbortSignal | undefined }[];
  const clientOf = (seller: string) =>
    new AnrokClient({
      apiKey: `${seller}/key/secret`,
      rateLimiter: {
        acquire: async (key, _, signal) => void asked.push({ seller: key, signal }),
        pause: () => {},
      },
    });
  const estimateOver = (client: AnrokClient, document: TaxDocument = DOCUMENT) =>
    ahead.whileAsking(document, async (placeOf) => placeOf(client));
  beforeEach(() => {
    ahead = new PlacesAhead();
    asked = [];
  });

  it('is one of the account that the customer was last asked about, from the second time on', async () => {
    const client = clientOf('one');
    expect(await estimateOver(client)).toBeUndefined();
    expect(asked).toEqual([]);
    expect(await (await estimateOver(client))?.take()).toBe(true);
    expect(asked).toMatchObject([{ seller: 'one' }]);
    expect(await estimateOver(client, of({ id: 'cus-2' }))).toBeUndefined();
    expect(await estimateOver(client, of({ account: { strategy: 'anrok', code: 'other' } }))).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('is asked for before the work begins, and given up after it', async () => {
    const client = clientOf('one');
    await estimateOver(client);
    await ahead.whileAsking(DOCUMENT, async () => expect(asked).toMatchObject([{ signal: { aborted: false } }]));
    expect(asked).toMatchObject([{ signal: { aborted: true } }]);
  });

  it('is not used for another account, and is one of that account the next time', async () => {
    const [one, other] = [clientOf('one'), clientOf('other')];
    await estimateOver(one);
    expect(await estimateOver(other)).toBeUndefined();
    expect(await estimateOver(other)).toBeDefined();
    expect(asked.map(({ seller }) => seller)).toEqual(['one', 'other']);
  });

  it('is not asked for after a failure', async () => {
    const client = clientOf('one');
    await estimateOver(client);
    const failing = ahead.whileAsking(DOCUMENT, async (placeOf) => {
      placeOf(client);
      throw new Error('an item is not mapped');
    });
    await expect(failing).rejects.toThrow('an item is not mapped');
    expect(await estimateOver(client)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('is not asked for where all amounts are zero, because nobody will be asked', async () => {
    const client = clientOf('one');
    await estimateOver(client);
    await ahead.whileAsking(anInvoice({ lines: [aLine({ amount: 0 })] }), async () => {});
    expect(asked).toEqual([]);
    expect(await estimateOver(client)).toBeDefined();
  });
});
