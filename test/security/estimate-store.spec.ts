import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

interface Entry {
  readonly value: string;
}

const SECRETIVE = anInvoice({
  lines: [aLine({ amount: 15_000 })],
  customer: { ...anInvoice().customer, taxIds: ['DE123456789'] },
});
const TAX = 722;
const FORGED_TAX = 1;

describe('whoever can write to the shared store of estimates', () => {
  let store: Map<string, Entry>;
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    store = new Map();
    tested = await startModule({ estimateCache: { store } });
    // from here on, what is known of this sale is forged
    expect(await estimate('usage')).toBe(TAX);
    for (const [name, entry] of store)
      store.set(name, {
        ...entry,
        value: entry.value.replaceAll(`"taxAmountToCollect":${TAX}`, `"taxAmountToCollect":${FORGED_TAX}`),
      });
  });
  afterEach(() => tested.close());

  const estimate = async (purpose?: 'usage' | 'wallet' | 'draft') =>
    (await tested.strategy.estimate(SECRETIVE, purpose && { purpose })).taxAmountToCollect;

  it('says what usage and wallets are taxed, and nothing else while Anrok answers', async () => {
    expect([await estimate('usage'), await estimate('wallet')]).toEqual([FORGED_TAX, FORGED_TAX]);
    expect([await estimate(), await estimate('draft')]).toEqual([TAX, TAX]);
  });

  it('says nothing about what is recorded', async () => {
    const reference = await tested.finalize(SECRETIVE);
    expect(tested.host.taxesOf(reference)?.calculation.taxAmountToCollect).toBe(TAX);
    expect(tested.simulator.books.transactions()).toMatchObject([{ taxAmountToCollect: TAX }]);
  });

  it('says nothing any more, once it is emptied', async () => {
    store.clear();
    expect(await estimate('usage')).toBe(TAX);
  });

  it('reads of a customer its id in the host, but no name, address or tax id', () => {
    const texts = [...store].map(([name, { value }]) => name + value).join();
    expect(texts).toContain('cus-1');
    for (const text of ['Acme', 'Cherokee', '80204', 'DE123456789']) expect(texts).not.toContain(text);
  });
});
