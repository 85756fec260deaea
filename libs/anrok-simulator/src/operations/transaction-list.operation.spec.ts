import { describe, expect, it } from '@jest/globals';
import { aTransaction, BERLIN } from '../testing/document.builder.js';
import { clockAt, simulators, type SimulatorUnderTest } from '../testing/simulators.js';

const start = simulators();

interface ListAnswer {
  readonly transactions: readonly { readonly id: string }[];
  readonly nextCursor: string;
  readonly hasMore: boolean;
}
const list = async ({ post }: SimulatorUnderTest, body: object = {}) =>
  (await post<ListAnswer>('transactions/list', body)).body;
const recordAll = async (
  { post }: SimulatorUnderTest,
  ids: readonly string[],
  changes: Record<string, unknown> = {},
) => {
  for (const id of ids) await post('transactions/createOrUpdate', aTransaction(id, changes));
};
const modifiedAfter = (value: string) => ({ filter: { type: 'lastModifiedAfter', value } });

/** All pages: the first body, then by cursor, as long as there is more; but not for ever. */
async function readAll(simulator: SimulatorUnderTest, body: object, between = async () => {}): Promise<string[]> {
  const ids: string[] = [];
  let next = body;
  for (let pages = 0; pages < 20; pages += 1) {
    const { transactions, nextCursor, hasMore } = await list(simulator, next);
    ids.push(...transactions.map(({ id }) => id));
    if (!hasMore) return ids;
    await between();
    next = { cursor: nextCursor, limit: 2 };
  }
  throw new Error('The pages have no end.');
}

describe('the pages of transactions/list', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `inv-${index + 1}`);

  it('hold 10 by default, 20 at most, in order of modification', async () => {
    const simulator = await start();
    await recordAll(simulator, ids);
    await recordAll(simulator, ['inv-1']);
    expect((await list(simulator)).transactions).toHaveLength(10);
    const { transactions, hasMore } = await list(simulator, { limit: 20 });
    expect([transactions.map(({ id }) => id), hasMore]).toEqual([[...ids.slice(1), 'inv-1'], false]);
  });

  it('have no more behind them when the last one is just full', async () => {
    const simulator = await start();
    await recordAll(simulator, ids.slice(0, 2));
    expect([(await list(simulator, { limit: 1 })).hasMore, (await list(simulator, { limit: 2 })).hasMore]).toEqual([
      true,
      false,
    ]);
  });

  it('follow each other by cursor, without gaps or repetitions', async () => {
    const simulator = await start();
    await recordAll(simulator, ids);
    expect(await readAll(simulator, { limit: 5 })).toEqual(ids);
  });

  it('bring up again, at the end, what is changed while they are read', async () => {
    const simulator = await start();
    await recordAll(simulator, ids.slice(0, 5));
    let changes = ['inv-1'];
    const seen = await readAll(simulator, { limit: 2 }, async () => {
      await recordAll(simulator, changes);
      changes = [];
    });
    expect(seen).toEqual(['inv-1', 'inv-2', 'inv-3', 'inv-4', 'inv-5', 'inv-1']);
  });

  it('keep the filter in the cursor', async () => {
    const simulator = await start();
    for (const [index, id] of ids.entries())
      await recordAll(simulator, [id], index % 2 === 0 ? {} : { customerAddress: BERLIN });
    const value = { filingAssociationStatus: 'associated', jurisId: 'eu-oss', jurisFilingId: '2026-03' };
    const german = ids.filter((_, index) => index % 2 === 1);
    expect(await readAll(simulator, { filter: { type: 'filingInfo', value }, limit: 2 })).toEqual(german);
  });

  it('hold what was modified after a time, not at it', async () => {
    const clock = clockAt('2026-03-20T08:00:00.000Z');
    const simulator = await start({ clock });
    await recordAll(simulator, ids.slice(0, 6));
    clock.advance(1);
    await recordAll(simulator, ids.slice(6));
    expect(await readAll(simulator, { ...modifiedAfter('2026-03-20T08:00:00.000Z'), limit: 2 })).toEqual(ids.slice(6));
    expect(await readAll(simulator, { ...modifiedAfter('2026-03-20T07:59:59.999Z'), limit: 2 })).toEqual(ids);
  });

  it('go on from the last cursor when more has come', async () => {
    const simulator = await start();
    await recordAll(simulator, ['inv-1']);
    const { nextCursor } = await list(simulator);
    await recordAll(simulator, ['inv-2']);
    expect((await list(simulator, { cursor: nextCursor })).transactions.map(({ id }) => id)).toEqual(['inv-2']);
  });

  it.each([
    ['of a filing', { jurisId: 'us-CO-denver', jurisFilingId: '2026-03' }, ['denver']],
    ['of the state', { jurisId: 'us-CO', jurisFilingId: '2026-03' }, ['denver']],
    ['of another month', { jurisId: 'us-CO-denver', jurisFilingId: '2026-02' }, ['february']],
    ['of a filing that has none', { jurisId: 'us-TX', jurisFilingId: '2026-03' }, []],
  ])('hold the transactions %s', async (_, filing, expected) => {
    const simulator = await start();
    await recordAll(simulator, ['denver', 'void']);
    await recordAll(simulator, ['february'], { accountingDate: '2026-02-01' });
    await recordAll(simulator, ['berlin'], { customerAddress: BERLIN });
    await simulator.post('transactions/id:void/void');
    const filter = { type: 'filingInfo', value: { filingAssociationStatus: 'associated', ...filing } };
    expect(await readAll(simulator, { filter })).toEqual(expected);
  });
});

describe('transactions/list refuses', () => {
  const after = (value: unknown) => ({ filter: { type: 'lastModifiedAfter', value } });
  const filing = (value: object) => ({ filter: { type: 'filingInfo', value } });
  const format = '"filter": "value": Expected a time in UTC like "2026-01-31T12:00:00.000Z".';

  it.each<[object, string]>([
    [{ filter: { type: 'other' } }, '"filter": Invalid input.'],
    [{ filter: {} }, '"filter": Invalid input.'],
    [{ filter: 'all' }, '"filter": Expected object, received string.'],
    [after('2026-01-01'), format],
    [after('2026-01-01T00:00:00Z'), format],
    [after('2026-01-01T00:00:00.000+01:00'), format],
    [after('2026-02-30T00:00:00.000Z'), format],
    [
      filing({ filingAssociationStatus: 'associated', jurisFilingId: '2026-01' }),
      '"filter": "value": "jurisId": Required.',
    ],
    [
      filing({ filingAssociationStatus: 'associated', jurisId: 'mars', jurisFilingId: '2026-01' }),
      '"filter": "value": "jurisId": Unknown jurisdiction "mars".',
    ],
    [{ limit: 21 }, '"limit": Number must be less than or equal to 20.'],
    [{ limit: 0 }, '"limit": Number must be greater than or equal to 1.'],
    [{ cursor: 'x', ...after('2026-01-01T00:00:00.000Z') }, 'cursor and filter exclude each other.'],
    [{ page: 2 }, "Unrecognized key(s) in object: 'page'."],
  ])('%j, in plain text', async (body, sentence) => {
    const { post } = await start();
    const { status, headers, text } = await post('transactions/list', body);
    expect([status, headers.get('content-type'), text]).toEqual([400, 'text/plain', `Request body: ${sentence}`]);
  });

  it('a cursor that it never gave, or gave to another seller or for another list', async () => {
    const simulator = await start({ apiKeys: ['one/k/secret.1', 'two/k/secret.2'] });
    const invalid = { status: 409, body: { type: 'invalidCursor' } };
    const { nextCursor } = await list(simulator);
    const forged = Buffer.from('{"list":"transactions of one"}').toString('base64url');
    for (const cursor of ['', 'x', '%%%', forged])
      expect(await simulator.post('transactions/list', { cursor })).toMatchObject(invalid);
    expect(
      await simulator.post('transactions/list', { cursor: nextCursor }, { apiKey: 'two/k/secret.2' }),
    ).toMatchObject(invalid);
    expect(await simulator.post('filings/list', { cursor: nextCursor })).toMatchObject(invalid);
  });

  it('everything while it is off', async () => {
    const { post, setFeatures } = await start({ features: { listTransactions: false } });
    const off = { status: 409, body: { type: 'listTransactionsApiNotEnabled' } };
    expect(await post('transactions/list')).toMatchObject(off);
    expect(await post('transactions/list', { limit: 0 })).toMatchObject({ status: 400 });
    setFeatures({ listTransactions: true });
    expect(await post('transactions/list')).toMatchObject({ status: 200 });
  });
});
