import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookedTransaction } from '@anrok-nest/simulator';
import { sumOf } from '@anrok-nest/tax';
import { expectBooksToAgree } from '../support/host-books.js';
import { isDone, isPoison, type RecordRow, type ResyncRow } from './fault-database.js';
import { planFaults, POISONS } from './fault-plan.js';
import { FaultRun, ROUND } from './fault-run.js';
import type { Memory } from './fleet.js';
import type { CreditNote, Invoice } from './storyteller.js';

const SECONDS = Number(process.env['FAULTS_SECONDS'] ?? 75);
const SEED = Number(process.env['FAULTS_SEED'] ?? seedFor(process.env['FAULTS_OVER']));

/** In MB: what a host may hold, and what its heap may grow by in a round of documents that is like the one before. */
const MOST_RSS = 500;
const MOST_GROWTH = 3;

// the title is what is printed of a run that fails
describe(`whatever fails and whoever dies (again: FAULTS_SEED=${SEED} FAULTS_SECONDS=${SECONDS} npm run test:faults)`, () => {
  let run: FaultRun | undefined;
  let atRest: readonly RecordRow[] = [];
  let healed: readonly RecordRow[] = [];
  let lastly: readonly RecordRow[] = [];
  let missing: readonly string[] = [];
  let resyncs: readonly ResyncRow[] = [];
  let transactions: readonly BookedTransaction[] = [];
  let memory: { before: Memory; after: Memory } = { before: [], after: [] };
  const shown = new Map<string, { readonly invoices: readonly Invoice[]; readonly notes: readonly CreditNote[] }>();
  let passed = 0;
  const rules: Readonly<Record<string, () => void>> = {
    'no process ends that nobody ended': () => {
      expect(run!.fleet.endings.filter(({ by }) => by === 'nobody')).toEqual([]);
    },

    'everything that can go wrong did, and requests met all of Anrok’s faults': () => {
      expect(missing).toEqual([]);
      const ends = new Set(run!.fleet.endings.map(({ by, signal }) => `${signal} by ${by}`));
      expect([...ends]).toEqual(
        expect.arrayContaining(['SIGKILL by the run', 'SIGTERM by the run', 'SIGKILL by poison']),
      );
    },

    'the books agree to the cent, document by document': () => {
      expect(shown.size).toBeGreaterThan(0);
      for (const { invoices, notes } of shown.values()) expectBooksToAgree(invoices, notes, transactions);
    },

    'Anrok holds nothing that is no document of the host’s': () => {
      const ids = [...shown.values()].flatMap(({ invoices, notes }) => [
        ...invoices.map(({ lago_id }) => `invoice:${lago_id}`),
        ...notes.map(({ lago_id }) => `credit_note:${lago_id}`),
      ]);
      const known = new Set(ids);
      const strays = transactions.filter(({ id }) => !known.has(id.split(':').slice(1, 3).join(':')));
      expect(strays.map(({ id, state }) => ({ id, state }))).toEqual([]);
    },

    'what was promised is there once, and nothing that nobody asked for': () => {
      for (const { storyteller, customer } of everybody(run!)) {
        const { invoices, notes } = shown.get(customer)!;
        expectAsTold(
          invoices.map(({ lago_id, fees_amount_cents }) => [lago_id, fees_amount_cents]),
          storyteller.invoices,
          storyteller.openInvoices.filter((open) => open.customer === customer),
        );
        expectAsTold(
          notes.map(({ lago_id, items }) => [lago_id, sumOf(items!.map(({ amount_cents }) => amount_cents))]),
          storyteller.notes,
          storyteller.openNotes.filter((open) => open.customer === customer),
        );
      }
      const all = [...shown.values()];
      const invoices = new Map(all.flatMap((one) => one.invoices).map((invoice) => [invoice.lago_id, invoice]));
      const notes = new Map(all.flatMap((one) => one.notes).map((note) => [note.lago_id, note]));
      for (const { invoices: promised, notes: promisedNotes, takenBack } of [...run!.storytellers, run!.poisoner]) {
        expect([...promised.keys()].filter((id) => !invoices.has(id))).toEqual([]);
        expect([...promisedNotes.keys()].filter((id) => !notes.has(id))).toEqual([]);
        const asFound = [...takenBack].map(([id, as]) => {
          const found = invoices.get(id) ?? notes.get(id);
          return { id, as, found: as === 'disputed' && invoices.get(id)?.payment_dispute_lost_at ? as : found?.status };
        });
        expect(asFound.filter(({ as, found }) => found !== as)).toEqual([]);
      }
    },

    'what can be synced comes to rest by itself, and what breaks its host says why': () => {
      expect(atRest.filter((record) => !isPoison(record) && !isDone(record))).toEqual([]);
      const poison = atRest.filter(isPoison);
      expect(new Set(poison.map(poisonOf))).toEqual(new Set(POISONS));
      expect(poison.filter((record) => !isExplained(record))).toEqual([]);
      expect([...healed, ...lastly].filter((record) => !isDone(record))).toEqual([]);
    },

    'a resync that was started has come to its end, whoever drove it': () => {
      expect(resyncs.filter(({ status }) => status !== 'completed')).toEqual([]);
      expect(resyncs.length).toBeGreaterThan(0);
    },

    'nobody holds a lease any more': () => {
      expect([...lastly, ...resyncs].filter(({ lease_owner }) => lease_owner)).toEqual([]);
    },

    'memory stays what it is': () => {
      const grown = memory.after.map((now, index) => ({ ...now, before: memory.before[index]!.heap }));
      expect(grown.filter(({ heap, before }) => heap - before > MOST_GROWTH)).toEqual([]);
      expect(lastly.length - healed.length).toBeGreaterThanOrEqual(2 * ROUND);
      expect(Math.max(...memory.after.map(({ rss }) => rss))).toBeLessThan(MOST_RSS);
    },
  };

  beforeAll(
    async () => {
      say(`FAULTS_SEED=${SEED} FAULTS_SECONDS=${SECONDS}`);
      run = await FaultRun.start(SEED, SECONDS);
      say(`started: documents go to the workers ${run.dispatch}`);
      await run.storm(SECONDS);
      say(`done: ${[...run.saboteur.done].map(([act, times]) => `${act} ${times}`).join(', ')}`);
      atRest = await run.comeToRest();
      say(`at rest: ${summaryOf(atRest)}`);
      healed = await run.heal();
      say(`healed: ${summaryOf(healed)}`);
      missing = await run.saboteur.missing();
      resyncs = await run.untilResyncsEnd();
      say(`${resyncs.length} resyncs: ${resyncs.map(({ status, done }) => `${done} ${status}`).join(', ')}`);
      await run.hurry();
      memory = { before: await run.round(), after: await run.round() };
      say(`memory: ${memoryText(memory.before)}; and a round later: ${memoryText(memory.after)}`);
      lastly = await run.records();
      for (const { storyteller, customer } of everybody(run))
        shown.set(customer, {
          invoices: await storyteller.readInvoices(customer),
          notes: await storyteller.readNotes(customer),
        });
      transactions = await run.simulator.transactions();
      const lost = run.storytellers.reduce((sum, { lostAnswers }) => sum + lostAnswers, 0);
      say(`${healed.length} documents, ${transactions.length} transactions, ${lost} answers lost`);
    },
    (SECONDS + 800) * 1_000,
  );
  afterAll(async () => {
    const isSound = passed === Object.keys(rules).length;
    await run?.close({ keepsLogs: !isSound });
    if (run && !isSound) say(`What happened: ${run.logs}`);
  });

  it.each(Object.entries(rules))('%s', (_, expectRule) => {
    expectRule();
    passed += 1;
  });
});

/** A new one: of a run over `redis`, from the `database`, or of any. */
function seedFor(over: string | undefined): number {
  for (;;) {
    const seed = randomInt(2 ** 31);
    if (!over || planFaults(seed, SECONDS).overRedis === (over === 'redis')) return seed;
  }
}

function poisonOf({ customer_id }: RecordRow): string {
  return customer_id.split('-')[1]!;
}

/** It says what is the matter, and is given up, or tried again some time. */
function isExplained({ status, problem_code, due_at }: RecordRow): boolean {
  return Boolean(problem_code) && (status === 'retrying' ? due_at !== null : status === 'failed' && due_at === null);
}

/** Each is as promised, or as asked for without an answer, and each of those at most once. */
function expectAsTold(
  found: readonly (readonly [string, number])[],
  promised: ReadonlyMap<string, number>,
  open: readonly { readonly amount: number }[],
): void {
  const left = open.map(({ amount }) => amount);
  for (const [id, amount] of found) {
    const index = left.indexOf(amount);
    if (promised.has(id)) expect({ id, amount }).toEqual({ id, amount: promised.get(id) });
    else expect({ id, amount, wasAskedFor: index >= 0 }).toEqual({ id, amount, wasAskedFor: true });
    if (!promised.has(id)) left.splice(index, 1);
  }
}

function everybody({ storytellers, poisoner }: FaultRun) {
  return [...storytellers, poisoner].flatMap((storyteller) =>
    storyteller.customers.map((customer) => ({ storyteller, customer })),
  );
}

function summaryOf(records: readonly RecordRow[]): string {
  const groups = Map.groupBy(records, ({ status, problem_code }) => [status, problem_code].filter(Boolean).join(' '));
  return [...groups].map(([name, rows]) => `${rows.length} ${name}`).join(', ');
}

function memoryText(memory: Memory): string {
  return memory.map(({ name, heap, rss }) => `${name} ${heap}/${rss} MB`).join(', ');
}

function say(sentence: string): void {
  const second = Math.round(performance.now() / 1_000);
  process.stderr.write(`${String(second).padStart(4)} s  ${sentence}\n`);
}
