import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { ManualClock } from '@anrok-nest/module/testing';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { jsonSerializer } from 'keyv';
import { EstimateCache } from '../../libs/anrok-tax/src/estimates/estimate.cache.js';
import { toQuestion } from '../../libs/anrok-tax/src/estimates/estimate-question.js';
import { readKnownAnswer } from '../../libs/anrok-tax/src/estimates/known-answer.js';
import { readOnceSerializer } from '../../libs/anrok-tax/src/estimates/read-once.serializer.js';
import { toAnrokTransactions } from '../../libs/anrok-tax/src/mapping/to-anrok-transactions.js';
import { AnrokTaxOptions } from '../../libs/anrok-tax/src/options/resolve-options.js';
import { AnrokEstimates } from '../../libs/anrok-tax/src/strategy/anrok.estimates.js';
import { EstimatesTelemetry } from '../../libs/anrok-tax/src/telemetry/estimates.telemetry.js';
import { Telemetry } from '../../libs/anrok-tax/src/telemetry/telemetry.js';
import { damaged, expectSurvival, FUZZ_TIMEOUT_MS, nastyJson, nastyText } from '../support/fuzzing.js';
import { clientThatGets } from './client-that-gets.js';
import { expectExactSums } from './exact-sums.js';
import { oddJson } from './odd-json.js';

/** As Keyv keeps it in a Map; in Redis it is the text alone. */
interface Entry {
  readonly value: string;
  readonly expires: number;
}

const store = new Map<string, Entry>();
const options = AnrokTaxOptions.from({
  encryptionKey: Buffer.alloc(32, 1).toString('base64'),
  estimateCache: { store },
});
const clock = new ManualClock();
const telemetry = new EstimatesTelemetry(new Telemetry(options));

const tax = (amount: string, taxAmount: string) => ({
  name: 'Denver (local)',
  taxes: [{ taxName: 'Tax', taxRate: '0.0481', taxableAmount: amount, taxAmount }],
  notTaxedReason: null,
});
const untaxed = { name: 'Colorado', taxes: null, notTaxedReason: { type: 'productNotTaxed', reason: null } };

/** A sale of a price without tax and one with it, and Anrok's answer to it; at first, and after both have grown. */
const saleOver = (seats: number, setup: number) =>
  anInvoice({
    lines: [aLine({ id: 'seats', amount: seats }), aLine({ id: 'setup', amount: setup, taxIncluded: true })],
  });
const answerOf = (seats: object, setup: object) => ({
  jurisSummaries: [],
  lineItems: [
    { id: 'seats', ...seats },
    { id: 'setup', taxAmountToCollect: 0, ...setup },
  ],
});
const SALES = [
  {
    document: saleOver(15_000, 31_000),
    transactions: answering({
      taxAmountToCollect: 722,
      preTaxAmount: '44577.3304',
      ...answerOf(
        { taxAmountToCollect: 722, preTaxAmount: '15000', jurises: [untaxed, tax('15000', '721.5')] },
        { preTaxAmount: '29577.3304', jurises: [tax('29577.3304', '1422.6696')] },
      ),
    }),
    truth: { taxAmountToCollect: 722, taxIncludedAmount: 1_423 },
  },
  {
    document: saleOver(20_000, 62_000),
    transactions: answering({
      taxAmountToCollect: 962,
      preTaxAmount: '79154.6608',
      ...answerOf(
        { taxAmountToCollect: 962, preTaxAmount: '20000', jurises: [untaxed, tax('20000', '962')] },
        { preTaxAmount: '59154.6608', jurises: [tax('59154.6608', '2845.3392')] },
      ),
    }),
    truth: { taxAmountToCollect: 962, taxIncludedAmount: 2_845 },
  },
];

function answering(answer: object) {
  return clientThatGets({ status: 200, headers: {}, data: JSON.stringify(answer) }).transactions;
}

/** In a process that has just started, so that it knows nothing but what is stored. */
function estimate({ document, transactions }: Omit<(typeof SALES)[number], 'truth'>) {
  const drafts = toAnrokTransactions(document, {
    toTransactionId: (part) => `sale:${part}`,
    connection: 'anrok',
    anrokCustomerId: 'acme:1',
    findProduct: () => ({ productExternalId: 'saas', through: 'fallback' }),
    now: clock.now(),
  });
  const connection = { id: 'con-1', sellerId: 'acme', encryptedApiKey: 'key' };
  const question = () => toQuestion(connection, document.customer.id, drafts);
  const estimates = new AnrokEstimates(options, new EstimateCache(options, clock), clock, telemetry);
  return estimates.recallOrAsk({ document, drafts, question, transactions }, { timeoutMs: 1_000 });
}

/** Whether a stored text still has an answer's form: then whoever wrote it decides what is taxed. */
function isAnswer(text: string): boolean {
  try {
    return readKnownAnswer((JSON.parse(text) as { value?: unknown } | null)?.value) !== undefined;
  } catch {
    return false;
  }
}

describe('whatever the shared store of estimates holds', () => {
  let entries: (readonly [name: string, entry: Entry])[];
  beforeAll(async () => {
    // a store out of order is a warning each time
    Logger.overrideLogger(false);
    await estimate(SALES[0]!);
    entries = [...store];
  });
  afterAll(() => Logger.overrideLogger(true));

  const changed = (good: unknown) =>
    fc.oneof(
      { weight: 4, arbitrary: damaged(good) },
      { weight: 4, arbitrary: oddJson(good) },
      { weight: 1, arbitrary: nastyJson('value', 'expires', 'version', 'epochs', 'answeredAt', 'lines', 'answer') },
      { weight: 1, arbitrary: nastyText('{', '}', '"value":', ':base64:', 'null', '[') },
    );
  const sale = fc.constantFrom(...SALES);

  it(
    'as an answer is one that adds up, or Anrok is asked',
    async () => {
      const [name, answer] = entries.find(([key]) => key.includes('answer'))!;
      await expectSurvival(
        fc.record({ sale, text: changed(JSON.parse(answer.value)) }),
        async ({ sale: { truth, ...asked }, text }) => {
          for (const [key, entry] of entries) store.set(key, entry);
          store.set(name, { ...answer, value: text });
          const calculation = await estimate(asked);
          expectExactSums(asked.document, calculation);
          // damage makes no tax, and least of all none
          if (!isAnswer(text)) expect(calculation).toMatchObject(truth);
        },
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'in all of its entries, the tax is that of the answer, known or asked for anew',
    async () => {
      const values = fc.tuple(
        ...entries.map(([name, { value }]) =>
          name.includes('epoch') ? changed(JSON.parse(value)) : fc.constant(value),
        ),
      );
      await expectSurvival(fc.record({ sale, values }), async ({ sale: { truth, ...asked }, values }) => {
        entries.forEach(([name, entry], index) => store.set(name, { ...entry, value: values[index]! }));
        expect(await estimate(asked)).toMatchObject(truth);
      });
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'is read as Keyv reads it, the second time too',
    () => {
      const { parse } = readOnceSerializer();
      return expectSurvival(
        changed({ value: { lines: [] }, expires: 1 }),
        async (text) => {
          for (let times = 0; times < 2; times++) expect(await parse(text)).toEqual(jsonSerializer.parse(text));
        },
        SyntaxError,
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});
