import { describe, expect, it } from '@jest/globals';
import { aTransaction, BERLIN } from '../testing/document.builder.js';
import { simulators, type SimulatorUnderTest } from '../testing/simulators.js';

const start = simulators();

interface FilingsAnswer {
  readonly filings: readonly { readonly jurisId: string; readonly jurisFilingId: string; readonly isFiled: boolean }[];
  readonly nextCursor: string;
  readonly hasMore: boolean;
}
const list = async ({ post }: SimulatorUnderTest, body: object = {}) =>
  (await post<FilingsAnswer>('filings/list', body)).body;
const namesOf = ({ filings }: FilingsAnswer) =>
  filings.map(({ jurisId, jurisFilingId }) => `${jurisFilingId} ${jurisId}`);

async function withTransactions(): Promise<SimulatorUnderTest> {
  const simulator = await start();
  const { post } = simulator;
  await post('transactions/createOrUpdate', aTransaction('jan', { accountingDate: '2026-01-31' }));
  await post(
    'transactions/createOrUpdate',
    aTransaction('feb', { accountingDate: '2026-02-01', customerAddress: BERLIN }),
  );
  await post(
    'transactions/createOrUpdate',
    aTransaction('mar', { accountingDate: '2026-03-01', customerAddress: BERLIN }),
  );
  await post('transactions/createOrUpdate', aTransaction('void', { accountingDate: '2025-12-01' }));
  await post('transactions/id:void/void');
  const florida = { country: 'US', region: 'FL' };
  await post(
    'transactions/createOrUpdate',
    aTransaction('fl', { accountingDate: '2025-11-01', customerAddress: florida }),
  );
  return simulator;
}

describe('filings/list', () => {
  it('has one a month for every jurisdiction with transactions in force and a return to file', async () => {
    const simulator = await withTransactions();
    expect(namesOf(await list(simulator))).toEqual([
      '2026-01 us-CO',
      '2026-01 us-CO-denver',
      '2026-02 eu-oss',
      '2026-03 eu-oss',
    ]);
  });

  it('shows as filed what is frozen, and only that', async () => {
    const simulator = await withTransactions();
    simulator.freeze({ before: '2026-02-15' });
    const { filings } = await list(simulator);
    expect(filings.map(({ isFiled }) => isFiled)).toEqual([true, true, true, false]);
    expect(filings[2]).toEqual({
      jurisId: 'eu-oss',
      jurisFilingId: '2026-02',
      name: 'February 2026',
      isAutomaticallyUpdatedForTransactionChanges: false,
      isFiled: true,
      period: { begin: '2026-02-01', endInclusive: '2026-02-28' },
    });
  });

  it('stays filed when something comes late', async () => {
    const simulator = await start();
    const { post, freeze } = simulator;
    await post('transactions/createOrUpdate', aTransaction('in-time', { customerAddress: BERLIN }));
    freeze({ before: '2027-01-01' });
    await post('transactions/createOrUpdate', aTransaction('late', { customerAddress: BERLIN }));
    expect((await list(simulator)).filings).toMatchObject([{ jurisId: 'eu-oss', isFiled: true }]);
  });

  it.each([
    ['2026', 4],
    ['2025', 0],
    ['2026-02', 1],
    ['2026-01..2026-02', 3],
    ['2026-02-28..2026-03-30', 1],
    ['2026-01-31', 2],
  ])('selects by period end %s: %i', async (periodEndDateRangeInclusive, count) => {
    const simulator = await withTransactions();
    expect((await list(simulator, { filter: { periodEndDateRangeInclusive } })).filings).toHaveLength(count);
  });

  it('selects by jurisdiction, also along with a period, and pages', async () => {
    const simulator = await withTransactions();
    const first = await list(simulator, { filter: { jurisId: 'eu-oss' }, limit: 1 });
    expect([namesOf(first), first.hasMore]).toEqual([['2026-02 eu-oss'], true]);
    const second = await list(simulator, { cursor: first.nextCursor });
    expect([namesOf(second), second.hasMore]).toEqual([['2026-03 eu-oss'], false]);
    const both = { jurisId: 'eu-oss', periodEndDateRangeInclusive: '2026-03' };
    expect(namesOf(await list(simulator, { filter: both }))).toEqual(['2026-03 eu-oss']);
  });

  it.each<[object, string]>([
    [{ filter: { jurisId: 'mars' } }, '"filter": "jurisId": Unknown jurisdiction "mars".'],
    [
      { filter: { periodEndDateRangeInclusive: '2026-03..2026-01' } },
      '"filter": "periodEndDateRangeInclusive": The period begins after its end.',
    ],
    ...['', '26', '2026-13', '2026-02-30', '2026..', '2026-01..2026-02..2026-03'].map(
      (periodEndDateRangeInclusive): [object, string] => [
        { filter: { periodEndDateRangeInclusive } },
        '"filter": "periodEndDateRangeInclusive": Expected a period like "2026", "2026-01..2026-03".',
      ],
    ),
    [{ limit: 101 }, '"limit": Number must be less than or equal to 100.'],
    [{ cursor: 'x', filter: {} }, 'cursor and filter exclude each other.'],
  ])('refuses %j, in plain text', async (body, sentence) => {
    const { post } = await start();
    const { status, headers, text } = await post('filings/list', body);
    expect([status, headers.get('content-type'), text]).toEqual([400, 'text/plain', `Request body: ${sentence}`]);
  });

  it('refuses everything while it is off, and cursors of its own invention', async () => {
    const { post, setFeatures } = await start();
    expect(await post('filings/list', { cursor: 'x' })).toMatchObject({ status: 409, body: { type: 'invalidCursor' } });
    setFeatures({ listFilings: false });
    expect(await post('filings/list')).toMatchObject({ status: 409, body: { type: 'listFilingsApiNotEnabled' } });
  });
});
