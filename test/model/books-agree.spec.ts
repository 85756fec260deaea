import { afterAll, describe, expect, it } from '@jest/globals';
import { TaxSyncRecord } from '@anrok-nest/module';
import { sumOf } from '@anrok-nest/tax';
import fc from 'fast-check';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import type { BillingModel } from './billing.model.js';
import { type Act, anyHistory } from './history.js';
import { Player } from './play.js';

/** SQLite in memory plays them fastest. */
const HISTORIES = Number(process.env['HISTORIES'] ?? (process.env['DATABASE_URL'] ? 500 : 1_500));

describe('whatever happens, the books agree', () => {
  let tested: ModuleUnderTest | undefined;
  afterAll(() => tested?.close());

  let count = 0;
  const check = async (history: readonly Act[]) => {
    // books of a few histories are read faster than those of thousands
    if (count % 100 === 0) {
      await tested?.close();
      tested = await startModule();
    }
    tested = tested!;
    count += 1;
    const player = await Player.begin(tested, String(count));
    await player.play(history);
    await player.settle();
    await expectBooksToAgree(tested, player.model);
  };

  it(
    `over ${HISTORIES} histories of sales, corrections, voids, disputes, credits, faults, crashes and filings`,
    async () => {
      await fc.assert(fc.asyncProperty(anyHistory, check), { numRuns: HISTORIES, endOnFailure: false });
    },
    20 * 60_000,
  );
});

/** What Anrok holds of every document, all its transactions together, is what the host has of it. */
async function expectBooksToAgree({ simulator, host, orm }: ModuleUnderTest, model: BillingModel) {
  const records = await orm.em.fork().find(TaxSyncRecord, { customerId: model.customerId });
  const unsettled = records.filter(({ status, leaseOwner }) => status !== 'synced' || leaseOwner);
  expect(unsettled.map(({ documentId, status, problem }) => ({ documentId, status, problem }))).toEqual([]);

  const booked = Map.groupBy(
    simulator.books.transactions().filter(({ state }) => state === 'normal'),
    ({ id }) => id.split(':').slice(1, 3).join(':'),
  );
  const held = (kind: string, id: string) => {
    const transactions = booked.get(`${kind}:${id}`) ?? [];
    return {
      tax: sumOf(transactions.map(({ taxAmountToCollect }) => taxAmountToCollect)),
      currencies: [...new Set(transactions.map(({ currency }) => currency))],
      amount: sumOf(transactions.flatMap(({ lines }) => lines.map(({ amount }) => amount))),
    };
  };
  for (const invoice of model.invoices) {
    const isCounted = invoice.standing === 'final';
    const has = host.taxesOf({ kind: 'invoice', id: invoice.id })?.calculation;
    const { tax, amount, currencies } = held('invoice', invoice.id);
    expect([[], [invoice.currency]]).toContainEqual(currencies);
    const expected = isCounted ? sumOf(invoice.lines.map((line) => line.amount)) : 0;
    expect({ id: invoice.id, amount, tax }).toEqual({
      id: invoice.id,
      amount: expected,
      tax: isCounted ? has?.taxAmountToCollect : 0,
    });
    const credits = model.notes.filter((note) => note.invoice === invoice);
    const net = sumOf([tax, ...credits.map((note) => held('credit_note', note.id).tax)]);
    expect(net).toBeGreaterThanOrEqual(0);
    if (invoice.lines.every((line) => line.credited === line.amount)) expect(net).toBe(0);
  }
  for (const note of model.notes) {
    const isCounted = note.invoice.standing === 'final' && !note.isVoided;
    const has = host.taxesOf({ kind: 'credit_note', id: note.id })?.calculation;
    const { tax, amount } = held('credit_note', note.id);
    expect({ id: note.id, amount, tax }).toEqual({
      id: note.id,
      amount: isCounted ? -sumOf([...note.amounts.values()]) : 0,
      tax: isCounted ? has?.taxAmountToCollect : 0,
    });
  }
}
