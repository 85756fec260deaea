import { describe, expect, it } from '@jest/globals';
import { aTransaction } from '../testing/document.builder.js';
import { type Reply, reply, simulators, type SimulatorUnderTest } from '../testing/simulators.js';

const start = simulators();

const control = ({ url }: SimulatorUnderTest, command: string, body?: unknown): Promise<Reply> => {
  const [method, path] = command.split(' ') as [string, string];
  return reply(`${url}/_simulator/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
};

describe('the control plane', () => {
  it('says that it is well, without a key and whatever the rate limit', async () => {
    const simulator = await start({ requestsPerSecond: 1 });
    for (let index = 0; index < 5; index += 1)
      expect(await control(simulator, 'GET health')).toMatchObject({
        status: 200,
        body: { status: 'ok', sellerId: 'sandbox', features: { listTransactions: true } },
      });
    expect(simulator.calls.all()).toEqual([]);
  });

  it('shows the books of a seller', async () => {
    const simulator = await start({ apiKeys: ['one/k/secret.1', 'two/k/secret.2'] });
    await simulator.post('transactions/createOrUpdate', aTransaction('inv-2'), { apiKey: 'two/k/secret.2' });
    expect((await control(simulator, 'GET books')).body).toMatchObject({ transactions: [], customers: [] });
    expect((await control(simulator, 'GET books?sellerId=two')).body).toEqual({
      transactions: simulator.booksOf('two').transactions(),
      customers: [],
      products: simulator.booksOf('two').products(),
      certificates: [],
      certificateRequests: [],
    });
    expect(await control(simulator, 'GET books?sellerId=three')).toMatchObject({
      status: 400,
      text: 'There is no seller three: none of the apiKeys is of that name.',
    });
  });

  it('shows the calls', async () => {
    const simulator = await start();
    await simulator.post('transactions/id:x/void', { transactionExpectedVersion: 3 });
    expect((await control(simulator, 'GET calls')).body).toMatchObject({
      calls: [{ operation: 'transactions.void', body: { transactionExpectedVersion: 3 }, status: 409, fault: null }],
    });
  });

  it('orders faults: the next ones, or always, until they are deleted', async () => {
    const simulator = await start();
    const { post } = simulator;
    const fault = (status: number) => ({ kind: 'status', status });
    await control(simulator, 'POST faults', { operation: 'any', fault: fault(500), always: true });
    const ordered = await control(simulator, 'POST faults', {
      operation: 'transactions.list',
      fault: fault(503),
      times: 2,
    });
    expect([ordered.status, ordered.text]).toEqual([200, '{}']);
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await post('transactions/list')).status);
    expect(statuses).toEqual([503, 503, 500]);
    expect(await control(simulator, 'DELETE faults')).toMatchObject({ status: 200 });
    expect(await post('transactions/list')).toMatchObject({ status: 200 });
  });

  it('freezes by date and by transaction, and thaws', async () => {
    const simulator = await start();
    const frozen = () => simulator.books.transactions().flatMap((one) => (one.frozen ? one.id : []));
    await simulator.post('transactions/createOrUpdate', aTransaction('february', { accountingDate: '2026-02-01' }));
    await simulator.post('transactions/createOrUpdate', aTransaction('march'));
    await control(simulator, 'POST freeze', { before: '2026-03-01' });
    expect(frozen()).toEqual(['february']);
    await control(simulator, 'POST freeze', { transactionId: 'march', sellerId: 'sandbox' });
    expect(frozen()).toEqual(['february', 'march']);
    await control(simulator, 'POST freeze', { unfreeze: true });
    expect(frozen()).toEqual([]);
    expect(await control(simulator, 'POST freeze', { transactionId: 'may' })).toMatchObject({
      status: 400,
      text: 'There is no transaction may in force.',
    });
  });

  it('switches features, one by one', async () => {
    const simulator = await start();
    await control(simulator, 'POST features', { listTransactions: false });
    expect(simulator.features).toEqual({
      listTransactions: false,
      listFilings: true,
      validateTaxIds: true,
      certificateRequests: true,
    });
    expect(await simulator.post('transactions/list')).toMatchObject({ status: 409 });
  });

  it.each(['GET nothing', 'POST books', 'DELETE calls', 'GET constructor', 'GET '])(
    'does not know %s',
    async (command) => {
      expect(await control(await start(), command)).toMatchObject({
        status: 404,
        text: expect.stringContaining('No such command; there are GET health, GET books'),
      });
    },
  );

  it.each<[string, unknown, string]>([
    ['POST faults', '{', 'Required.'],
    ['POST faults', [], 'Expected object, received array.'],
    ['POST faults', { fault: { kind: 'timeout' } }, '"operation": Required.'],
    ['POST faults', { operation: 'all', fault: { kind: 'timeout' } }, '"operation": Invalid enum value.'],
    ['POST faults', { operation: 'any', fault: { kind: 'call' } }, '"fault": Invalid input.'],
    [
      'POST faults',
      { operation: 'any', fault: { kind: 'status', status: 700 } },
      '"fault": "status": Number must be less than or equal to 599.',
    ],
    [
      'POST faults',
      { operation: 'any', fault: { kind: 'timeout' }, times: 0 },
      '"times": Number must be greater than or equal to 1.',
    ],
    [
      'POST faults',
      { operation: 'any', fault: { kind: 'timeout' }, times: 2, always: true },
      'times and always exclude each other.',
    ],
    ['POST freeze', {}, 'Expected one of before (a date), transactionId and unfreeze (true).'],
    ['POST freeze', { before: 'now' }, '"before": Invalid date.'],
    [
      'POST freeze',
      { before: '2026-01-01', unfreeze: true },
      'Expected one of before (a date), transactionId and unfreeze (true).',
    ],
    ['POST features', { listTransactions: 'no' }, '"listTransactions": Expected boolean, received string.'],
    ['POST features', { everything: true }, "Unrecognized key(s) in object: 'everything'."],
  ])('%s refuses %j with a sentence', async (command, body, sentence) => {
    expect(await control(await start(), command, body)).toMatchObject({
      status: 400,
      text: `Request body: ${sentence}`,
    });
  });
});
