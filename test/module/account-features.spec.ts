import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountFeatures } from '@anrok-nest/module';
import type { Features } from '@anrok-nest/simulator';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('the features of an account', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 600 });
  });
  afterEach(() => tested.close());

  const features = async () => tested.app.get(AccountFeatures).of(await tested.connections.byCode('anrok'));
  const states = async () => Object.fromEntries((await features()).map(({ feature, state }) => [feature, state]));
  const ALL = ['transactionList', 'filingList', 'taxIdValidation', 'certificateRequests'];

  it('are on where Anrok answers, and unknown where only a request with consequences would tell', async () => {
    await tested.finalize(anInvoice());
    expect(await features()).toEqual([
      { feature: 'transactionList', state: 'on', reason: 'The list of transactions answered.' },
      { feature: 'filingList', state: 'on', reason: 'The list of filings answered.' },
      { feature: 'taxIdValidation', state: 'on', reason: 'The validation of tax ids answered.' },
      {
        feature: 'certificateRequests',
        state: 'unknown',
        reason: expect.stringContaining('could not have carried out'),
      },
    ]);
  });

  const switches: [keyof Features, string][] = [
    ['listTransactions', 'transactionList'],
    ['listFilings', 'filingList'],
    ['validateTaxIds', 'taxIdValidation'],
    ['certificateRequests', 'certificateRequests'],
  ];
  it.each(switches)('are off where Anrok says so: %s', async (name, feature) => {
    tested.simulator.setFeatures({ [name]: false });
    const found = (await features()).filter(({ state }) => state === 'off');
    expect(found).toEqual([
      {
        feature,
        state: 'off',
        reason: expect.stringContaining('is not enabled on the Anrok account of connection "anrok"'),
        problem: expect.objectContaining({ code: 'anrok_feature_not_enabled_on_account' }),
      },
    ]);
  });

  it('are unknown, with the reason, where Anrok gives no answer', async () => {
    for (const operation of ['transactions.list', 'filings.list', 'taxId.validate'] as const)
      tested.simulator.faults.next(operation, { kind: 'timeout' });
    tested.simulator.faults.next('certificateRequests.create', { kind: 'status', status: 500 });
    expect((await features()).map(({ state, problem }) => [state, problem?.code])).toEqual([
      ['unknown', 'anrok_timeout'],
      ['unknown', 'anrok_timeout'],
      ['unknown', 'anrok_timeout'],
      ['unknown', 'anrok_server_error'],
    ]);
    await tested.connections.update('anrok', { apiKey: 'sandbox/key1/secret.wrong' });
    expect(await states()).toEqual(Object.fromEntries(ALL.map((feature) => [feature, 'unknown'])));
  });

  it('are found without changing anything at Anrok', async () => {
    const books = () => {
      const { customers, certificates, certificateRequests, transactions, products } = tested.simulator.books;
      return [customers(), certificates(), certificateRequests(), transactions(), products()];
    };
    await tested.finalize(anInvoice());
    const before = books();
    await features();
    expect(books()).toEqual(before);
    const [asked] = tested.simulator.calls.of('certificateRequests.create');
    expect(asked).toMatchObject({ status: 409, body: { sendEmail: false } });
  });
});
