import { describe, expect, it } from '@jest/globals';
import { AnrokError, type AnrokLineItem } from '@anrok-nest/client';
import { Decimal, sumOf, TaxError, type TaxDocument } from '@anrok-nest/tax';
import fc from 'fast-check';
import { toQuestion } from '../../libs/anrok-tax/src/estimates/estimate-question.js';
import { readKnownAnswer, toKnownAnswer } from '../../libs/anrok-tax/src/estimates/known-answer.js';
import { recallAnswer } from '../../libs/anrok-tax/src/estimates/recall-answer.js';
import { productFinder } from '../../libs/anrok-tax/src/mapping/item-mapping.js';
import { toAnrokTransactions, type TransactionDraft } from '../../libs/anrok-tax/src/mapping/to-anrok-transactions.js';
import { toTaxCalculation } from '../../libs/anrok-tax/src/mapping/to-tax-calculation.js';
import { expectSurvival, FUZZ_TIMEOUT_MS } from '../support/fuzzing.js';
import { clientThatGets } from './client-that-gets.js';
import { expectExactSums } from './exact-sums.js';
import { longDocument, oddDocument } from './odd-document.js';
import { oddJson } from './odd-json.js';

const NOW = new Date('2026-03-15T12:00:00Z');
const CONNECTION = { id: 'con-1', sellerId: 'acme', encryptedApiKey: 'key' };
const TABLES = [
  [{ itemType: '*', itemId: '*', productExternalId: 'saas' }],
  [{ itemType: 'add_on', itemId: '*', productExternalId: 'saas' }],
];

const draftsOf = (document: TaxDocument, mappings = TABLES[0]!) =>
  toAnrokTransactions(document, {
    toTransactionId: (part) => `${document.id}:${part}`,
    connection: 'anrok',
    anrokCustomerId: document.customer.id,
    findProduct: productFinder(mappings),
    now: NOW,
  });

/** What Anrok might answer, at 10 %: all of it collected, or inside of the price. */
function answerTo({ body }: TransactionDraft) {
  const lineItems = body.lineItems.map(taxed);
  const taxAmountToCollect = sumOf(lineItems.map((line) => line.taxAmountToCollect));
  return { taxAmountToCollect, preTaxAmount: '0', jurisSummaries: [], lineItems };
}

function taxed({ id = '', amount, isTaxIncludedInAmount }: AnrokLineItem) {
  const exact = new Decimal(amount).dividedBy(isTaxIncludedInAmount ? 11 : 10).decimalPlaces(4);
  const preTaxAmount = isTaxIncludedInAmount ? new Decimal(amount).minus(exact).toFixed() : String(amount);
  const tax = { taxName: 'Tax', taxRate: '0.1', taxableAmount: preTaxAmount, taxAmount: exact.toFixed() };
  return {
    id,
    taxAmountToCollect: isTaxIncludedInAmount ? 0 : exact.integerValue(Decimal.ROUND_HALF_UP).toNumber(),
    preTaxAmount,
    jurises: [
      { name: 'Denver', taxes: [tax], notTaxedReason: null },
      { name: 'Colorado', taxes: null, notTaxedReason: { type: 'exempt', reason: { type: 'customerExempt' } } },
    ],
  };
}

describe('a document that is valid, however odd it is,', () => {
  it(
    'is asked about as it is, to the cent, or is refused by a typed error',
    () =>
      expectSurvival(
        fc.record({
          document: fc.oneof({ weight: 50, arbitrary: oddDocument }, { weight: 1, arbitrary: longDocument }),
          mappings: fc.constantFrom(...TABLES),
        }),
        ({ document, mappings }) => {
          const drafts = draftsOf(document, mappings);
          const sent = drafts.flatMap(({ body }) => body.lineItems);
          const taxable = document.lines.filter(({ amount }) => amount !== 0);
          expect(sent.map(({ id, amount }) => [id, amount])).toEqual(taxable.map(({ id, amount }) => [id, amount]));
          for (const { body } of drafts) {
            expect(body.lineItems.length).toBeLessThanOrEqual(1_200);
            expect(JSON.parse(JSON.stringify(body))).toEqual(body);
            expect(body.accountingDate! >= '1999-01-01' && body.accountingDate! <= '2026-04-14').toBe(true);
          }
        },
        TaxError,
      ),
    FUZZ_TIMEOUT_MS,
  );

  const asked = oddDocument.chain((document) => {
    // those that are refused before anybody is asked are not about the answer
    const usable = { ...document, customer: { ...document.customer, shippingAddress: { country: 'DE' } } };
    const drafts = draftsOf(usable);
    return fc.record({
      document: fc.constant(usable),
      drafts: fc.constant(drafts),
      answers: fc.tuple(
        ...drafts.map((draft) => {
          const good = answerTo(draft);
          return fc.oneof(fc.constant(JSON.stringify(good)), oddJson(good));
        }),
      ),
    });
  });

  it(
    'gets a tax whose sums are exact from an answer that is odd, and the same when it is recalled; or a typed error',
    () =>
      expectSurvival(
        asked,
        async ({ document, drafts, answers }) => {
          const read = await Promise.all(
            drafts.map(({ body }, index) =>
              clientThatGets({ status: 200, headers: {}, data: answers[index]! }).transactions.createEphemeral(body),
            ),
          );
          const calculation = toTaxCalculation(document, read);
          expectExactSums(document, calculation);
          if (drafts.length === 0) return;
          const question = toQuestion(CONNECTION, document.customer.id, drafts);
          const stored = JSON.stringify(toKnownAnswer(question, read, [], NOW));
          const recalled = recallAnswer(readKnownAnswer(JSON.parse(stored))!, question);
          expect(toTaxCalculation(document, [recalled!])).toEqual(calculation);
        },
        TaxError,
        AnrokError,
      ),
    FUZZ_TIMEOUT_MS,
  );
});
