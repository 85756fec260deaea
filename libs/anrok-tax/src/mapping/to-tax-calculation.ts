import type { AnrokComputedJuris, AnrokComputedLine, AnrokComputedTransaction } from '@anrok-nest/client';
import {
  apportion,
  Decimal,
  type JurisdictionTax,
  roundToMinorUnits,
  sumOf,
  type TaxableLine,
  type TaxCalculation,
  type TaxDocument,
  type TaxedLine,
  toCalculation,
  toMinorUnits,
  untaxedZeroLine,
} from '@anrok-nest/tax';
import { breakDown } from './line-breakdown.js';
import { AnswerDoesNotFitError } from './mapping.error.js';
import { toNotTaxedReason } from './not-taxed-reason.js';

/** Code of the strategy, stored with what it computed. */
export const ANROK = 'anrok';

/**
 * Anrok's answers to a document's transactions as one calculation. The tax is what Anrok said to collect, to the cent;
 * only its breakdown is rounded, so that it adds up.
 *
 * @throws AnswerDoesNotFitError when a line is missing or says nothing, or its amounts contradict the document's or
 * each other
 */
export function toTaxCalculation(
  document: Pick<TaxDocument, 'currency'> & { readonly lines: readonly AskedLine[] },
  answers: readonly Answer[],
): TaxCalculation {
  const answered = new Map(answers.flatMap(toCollectable).map((answer) => [answer.line.id, answer]));
  const lines = document.lines.map((line) => {
    if (line.amount === 0) return untaxedZeroLine(line.id);
    const answer = answered.get(line.id);
    if (!answer) throw new AnswerDoesNotFitError(`line ${line.id} is not in it`, { lineId: line.id });
    return toTaxedLine(line, answer);
  });
  return toCalculation(ANROK, document.currency, lines);
}

type AskedLine = Pick<TaxableLine, 'id' | 'amount' | 'taxIncluded'>;

/** What the tax is in; the rest of an answer is its summary. */
type Answer = Pick<AnrokComputedTransaction, 'lineItems' | 'taxAmountToCollect'>;

interface CollectableLine {
  readonly line: AnrokComputedLine;
  readonly taxAmountToCollect: number;
}

/**
 * The lines with the tax to collect on each, which adds up to the transaction's: that is the amount that counts, if
 * Anrok should ever round it differently from its lines. Only the difference is spread over them, by their tax before
 * it was rounded: lines which nearly cancel out stay what they are, and many may be zero each, and a cent together.
 *
 * @throws AnswerDoesNotFitError when there is a tax, and none is levied on any line
 */
export function toCollectable({ lineItems, taxAmountToCollect }: Answer): CollectableLine[] {
  const own = lineItems.map((line) => line.taxAmountToCollect);
  const difference = sumOf([taxAmountToCollect, -sumOf(own)]);
  if (difference === 0) return lineItems.map((line) => ({ line, taxAmountToCollect: line.taxAmountToCollect }));
  const exact = lineItems.map(({ jurises }) => exactTaxOf(jurises));
  if (exact.every((tax) => tax.isZero()))
    throw new AnswerDoesNotFitError(`it collects ${taxAmountToCollect}, and levies nothing on any line`, {
      taxAmountToCollect,
    });
  const parts = apportion(difference, exact);
  return lineItems.map((line, index) => ({ line, taxAmountToCollect: sumOf([own[index]!, parts[index]!]) }));
}

/** Without its sign. */
function exactTaxOf(jurises: readonly AnrokComputedJuris[]): Decimal {
  const taxes = jurises.flatMap(({ taxes }) => taxes ?? []);
  return taxes.reduce((sum, { taxAmount }) => sum.plus(taxAmount), new Decimal(0)).abs();
}

function toTaxedLine(asked: AskedLine, { line, taxAmountToCollect }: CollectableLine): TaxedLine {
  const taxIncludedAmount =
    line.preTaxAmount === String(asked.amount)
      ? 0
      : roundToMinorUnits(new Decimal(asked.amount).minus(line.preTaxAmount));
  if (asked.taxIncluded ? taxAmountToCollect !== 0 : taxIncludedAmount !== 0)
    throw new AnswerDoesNotFitError(
      `line ${asked.id} over ${asked.amount} came back with ${line.preTaxAmount} before tax and ${taxAmountToCollect} to collect`,
      { lineId: asked.id, amount: asked.amount, taxIncluded: asked.taxIncluded, taxAmountToCollect },
    );
  return {
    id: asked.id,
    amount: toMinorUnits(asked.amount),
    preTaxAmount: toMinorUnits(asked.amount - taxIncludedAmount),
    taxAmountToCollect,
    taxIncludedAmount,
    jurisdictions: toJurisdictionTaxes(asked, line.jurises, taxAmountToCollect, taxIncludedAmount),
  };
}

/** No tax without a reason is no answer. Whoever collects nowhere is answered with jurisdictions that say so. */
function assertSaysSomething(asked: AskedLine, jurises: readonly AnrokComputedJuris[]): void {
  const isSilent = ({ taxes, notTaxedReason }: AnrokComputedJuris) => !taxes?.length && !notTaxedReason;
  if (jurises.length > 0 && !jurises.some(isSilent)) return;
  throw new AnswerDoesNotFitError(`line ${asked.id} has neither taxes nor a reason why there are none`, {
    lineId: asked.id,
    amount: asked.amount,
  });
}

function toJurisdictionTaxes(
  asked: AskedLine,
  jurises: readonly AnrokComputedJuris[],
  taxAmountToCollect: number,
  taxIncludedAmount: number,
): JurisdictionTax[] {
  assertSaysSomething(asked, jurises);
  const taxed = jurises.flatMap(({ name, taxes }) => (taxes ?? []).map((levied) => ({ name, levied })));
  const tax = taxAmountToCollect + taxIncludedAmount;
  if (tax !== 0 && taxed.length === 0)
    throw new AnswerDoesNotFitError(`line ${asked.id} has tax that no jurisdiction levies`, { lineId: asked.id, tax });
  const signs = taxed.map(({ levied }) => new Decimal(levied.taxAmount).comparedTo(0));
  if (signs.includes(1) && signs.includes(-1))
    throw new AnswerDoesNotFitError(`line ${asked.id} is taxed and credited at once`, { lineId: asked.id, tax });
  const parts = breakDown(
    tax,
    taxed.map(({ levied }) => levied.taxAmount),
    asked.taxIncluded ? 'included' : 'collected',
  );
  const taxes = taxed.map(({ name, levied }, index): JurisdictionTax => {
    const { taxName, taxRate, taxableAmount, taxAmount: exactTaxAmount } = levied;
    const { taxAmount, treatment } = parts[index]!;
    return { name, taxName, rate: taxRate, taxableAmount, exactTaxAmount, taxAmount, treatment };
  });
  return [...taxes, ...jurises.filter((juris) => !juris.taxes?.length).map(toNotTaxed)];
}

function toNotTaxed(juris: AnrokComputedJuris): JurisdictionTax {
  return {
    name: juris.name,
    taxName: '',
    rate: '0',
    taxableAmount: '0',
    exactTaxAmount: '0',
    taxAmount: 0,
    treatment: 'notTaxed',
    ...toNotTaxedReason(juris.notTaxedReason!),
  };
}
