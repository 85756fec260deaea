import { describe, expect, it } from '@jest/globals';
import { aTransaction, NEW_YORK } from '../testing/document.builder.js';
import { simulators } from '../testing/simulators.js';

const start = simulators();

describe('void', () => {
  it('takes the transaction out of the net, and an update brings it back', async () => {
    const { post, books } = await start();
    await post('transactions/createOrUpdate', aTransaction('v1:1'));
    expect(await post('transactions/id:v1:1/void')).toMatchObject({ status: 200, body: {} });
    expect(books.transaction('v1:1')).toMatchObject({ state: 'voided', version: 2, taxAmountToCollect: 481 });
    expect(books.netTaxOf(['v1:1'])).toBe(0);
    expect((await post('transactions/createOrUpdate', aTransaction('v1:1'))).body).toMatchObject({ version: 3 });
    expect(books.netTaxOf(['v1:1'])).toBe(481);
  });

  it.each([
    ['ok', 200, {}],
    ['transactionIdNotFound', 409, { type: 'transactionIdNotFound' }],
  ] as const)('again, read as %s, answers %i', async (voidAgain, status, body) => {
    const { post, books } = await start({ assumptions: { voidAgain } });
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    await post('transactions/id:inv-1/void');
    expect(await post('transactions/id:inv-1/void')).toMatchObject({ status, body });
    expect(books.transaction('inv-1')?.version).toBe(2);
  });

  it('goes by the expected version', async () => {
    const { post } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    const mismatch = { status: 409, body: { type: 'transactionExpectedVersionMismatch' } };
    expect(await post('transactions/id:inv-1/void', { transactionExpectedVersion: 2 })).toMatchObject(mismatch);
    expect(await post('transactions/id:inv-1/void', { transactionExpectedVersion: 1 })).toMatchObject({ status: 200 });
  });

  it('refuses an unknown id', async () => {
    const { post } = await start();
    expect(await post('transactions/id:nope/void')).toMatchObject({
      status: 409,
      body: { type: 'transactionIdNotFound' },
    });
  });

  it.each(['a:b:c', 'with space', 'slash/question?hash#', 'per%cent', 'ünïcödé', '..', 'id:id:'])(
    'finds the id %j in the path',
    async (id) => {
      const { post, books } = await start();
      await post('transactions/createOrUpdate', aTransaction(id));
      expect(await post(`transactions/id:${encodeURIComponent(id)}/void`)).toMatchObject({ status: 200 });
      expect(books.transaction(id)?.state).toBe('voided');
    },
  );
});

describe('createNegation', () => {
  const negationOf = (originalTransactionId: string, changes: object = {}) => ({
    originalTransactionId,
    newTransactionId: `${originalTransactionId}:negation`,
    ...changes,
  });

  it('makes the net zero, with the numbers of the original', async () => {
    const { post, books } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1', { customerAddress: NEW_YORK }));
    expect(await post('transactions/createNegation', negationOf('inv-1'))).toMatchObject({ status: 200, body: {} });
    const [original, negation] = books.transactions();
    expect(original).toMatchObject({ id: 'inv-1', state: 'normal', version: 1 });
    expect(negation).toMatchObject({ id: 'inv-1:negation', negationOf: 'inv-1', version: 1, taxAmountToCollect: -888 });
    expect(books.netTaxOf(() => true)).toBe(0);
  });

  it.each([
    ['an unknown original', negationOf('nope'), 'transactionIdNotFound'],
    ['a voided original', negationOf('voided'), 'transactionIdNotFound'],
    [
      'the original of another version',
      negationOf('inv-2', { originalTransactionExpectedVersion: 7 }),
      'transactionExpectedVersionMismatch',
    ],
    ['a negation', negationOf('inv-1:negation'), 'transactionIsAlreadyANegation'],
    ['the same negation again', negationOf('inv-1'), 'duplicateTransactionId'],
    [
      'an id that is taken by something else',
      negationOf('inv-1', { newTransactionId: 'inv-2' }),
      'duplicateTransactionId',
    ],
    ['the id of the original itself', negationOf('inv-1', { newTransactionId: 'inv-1' }), 'duplicateTransactionId'],
  ])('refuses %s', async (_, body, type) => {
    const { post, books } = await start();
    for (const id of ['inv-1', 'inv-2', 'voided']) await post('transactions/createOrUpdate', aTransaction(id));
    await post('transactions/id:voided/void');
    await post('transactions/createNegation', negationOf('inv-1'));
    const before = books.transactions();
    expect(await post('transactions/createNegation', body)).toMatchObject({ status: 409, body: { type } });
    expect(books.transactions()).toEqual(before);
  });

  it('is not updated: it stays the inverse of its original', async () => {
    const { post } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    await post('transactions/createNegation', negationOf('inv-1'));
    expect(await post('transactions/createOrUpdate', aTransaction('inv-1:negation'))).toMatchObject({
      status: 409,
      body: { type: 'transactionIsAlreadyANegation' },
    });
  });

  it('can be voided, which brings the tax back', async () => {
    const { post, books } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    await post('transactions/createNegation', negationOf('inv-1'));
    await post('transactions/id:inv-1:negation/void');
    expect(books.netTaxOf(() => true)).toBe(481);
  });
});

describe('a transaction that is frozen for filing', () => {
  it('is neither updated nor voided, only negated', async () => {
    const { post, books, freeze } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    freeze({ before: '2026-04-01' });
    const refusal = { status: 409, body: { type: 'transactionFrozenForFiling' } };
    expect(await post('transactions/createOrUpdate', aTransaction('inv-1'))).toMatchObject(refusal);
    expect(await post('transactions/id:inv-1/void')).toMatchObject(refusal);
    expect(
      await post('transactions/createNegation', { originalTransactionId: 'inv-1', newTransactionId: 'neg' }),
    ).toMatchObject({ status: 200 });
    expect(books.transactions().map(({ frozen }) => frozen)).toEqual([true, false]);
  });

  it('is one of before the date, not of the date, nor one that comes later', async () => {
    const { post, books, freeze } = await start();
    await post('transactions/createOrUpdate', aTransaction('february', { accountingDate: '2026-02-28' }));
    await post('transactions/createOrUpdate', aTransaction('march', { accountingDate: '2026-03-01' }));
    freeze({ before: '2026-03-01' });
    await post('transactions/createOrUpdate', aTransaction('late', { accountingDate: '2026-02-28' }));
    expect(books.transactions().map(({ id, frozen }) => [id, frozen])).toEqual([
      ['february', true],
      ['march', false],
      ['late', false],
    ]);
  });

  it('can be a single one, and thaw', async () => {
    const { post, freezeTransaction, unfreeze } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    await post('transactions/createOrUpdate', aTransaction('inv-2'));
    freezeTransaction('inv-1');
    expect(await post('transactions/id:inv-1/void')).toMatchObject({ status: 409 });
    expect(await post('transactions/id:inv-2/void')).toMatchObject({ status: 200 });
    unfreeze();
    expect(await post('transactions/id:inv-1/void')).toMatchObject({ status: 200 });
    expect(() => freezeTransaction('inv-1')).toThrow('There is no transaction inv-1 in force.');
  });
});
