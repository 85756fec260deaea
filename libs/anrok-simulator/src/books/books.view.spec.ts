import { describe, expect, it } from '@jest/globals';
import { aTransaction, NEW_YORK } from '../testing/document.builder.js';
import { simulators } from '../testing/simulators.js';

const start = simulators();

describe('the view of the books', () => {
  it('sums up the net of ids, each once, or of what satisfies a condition', async () => {
    const { post, books } = await start();
    await post('transactions/createOrUpdate', aTransaction('denver'));
    await post('transactions/createOrUpdate', aTransaction('new-york', { customerAddress: NEW_YORK }));
    await post('transactions/createOrUpdate', aTransaction('void'));
    await post('transactions/id:void/void');
    expect(books.netTaxOf(['denver', 'denver', 'void', 'nope'])).toBe(481);
    expect(books.netTaxOf(({ address }) => address.region === 'NY')).toBe(888);
    expect(books.netTaxOf(() => true)).toBe(481 + 888);
    expect(books.netTaxOf([])).toBe(0);
  });

  it('is not the books: what is written into it is lost', async () => {
    const { post, books } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1', { customerId: 'cus-1', customerName: 'Acme' }));
    const everything = () => JSON.stringify([books.transactions(), books.customers(), books.products()]);
    const before = everything();
    Object.assign(books.transaction('inv-1')!.address, { city: 'Boulder' });
    Object.assign(books.transactions()[0]!.lines[0]!, { amount: 1 });
    Object.assign(books.customers()[0]!, { name: 'Other' });
    Object.assign(books.products()[0]!.taxCategoryId, { id: 'notTaxable' });
    expect(everything()).toBe(before);
  });
});
