import type { AnrokComputedJuris, AnrokComputedLine, AnrokComputedTax } from '@anrok-nest/client';
import { Decimal, type MinorUnits, roundToMinorUnits } from '@anrok-nest/tax';
import type { KnownLine } from './known-answer.js';

/** Anrok keeps so many of a division that never ends: "29577.3304". */
const PLACES = 4;

/** Beyond this many taxes on a line nobody can tell which subset is collected: 2^12 sums are tried at most. */
const MOST_TAXES = 12;

/**
 * What Anrok would answer for the same line over another amount: by the rates of its answer, rounded as Anrok rounds,
 * once a line and halves away from zero. Undefined where that answer doesn't tell the rates well enough for the amount:
 * then only Anrok can.
 */
export function atAmount(known: KnownLine, amount: MinorUnits): Omit<AnrokComputedLine, 'id'> | undefined {
  if (new Decimal(known.answer.preTaxAmount).isZero()) return undefined;
  return known.taxIncluded ? insidePrice(known, amount) : onTop(known, amount);
}

function onTop({ answer }: KnownLine, amount: MinorUnits): Omit<AnrokComputedLine, 'id'> | undefined {
  const at = (exact: Decimal) => exact.times(amount).dividedBy(answer.preTaxAmount);
  const taxes = taxesOf(answer);
  const readings = new Set(
    collectedSums(answer.taxAmountToCollect, taxes.map(byRate)).map((sum) => roundToMinorUnits(at(sum))),
  );
  const [taxAmountToCollect] = readings;
  if (taxAmountToCollect === undefined || readings.size > 1) return undefined;
  const scaled = taxes.map((tax) => ({
    ...tax,
    taxableAmount: at(new Decimal(tax.taxableAmount)).toFixed(),
    taxAmount: at(byRate(tax)).toFixed(),
  }));
  return { taxAmountToCollect, preTaxAmount: String(amount), jurises: withTaxes(answer.jurises, scaled) };
}

/** A price bears all its taxes, so that there is nothing to choose; but they have to explain what it includes. */
function insidePrice(known: KnownLine, amount: MinorUnits): Omit<AnrokComputedLine, 'id'> | undefined {
  const { answer } = known;
  const taxes = taxesOf(answer);
  const gross = totalOf([new Decimal(answer.preTaxAmount), ...taxes.map(byRate)]);
  if (gross.minus(known.amount).abs().gte(1)) return undefined;
  const preTax = new Decimal(answer.preTaxAmount).times(amount).dividedBy(gross).decimalPlaces(PLACES);
  const parts = split(new Decimal(amount).minus(preTax), taxes.map(byRate));
  const scaled = taxes.map((tax, index) => ({
    ...tax,
    taxableAmount: preTax.times(tax.taxableAmount).dividedBy(answer.preTaxAmount).toFixed(),
    taxAmount: parts[index]!.toFixed(),
  }));
  return { taxAmountToCollect: 0, preTaxAmount: preTax.toFixed(), jurises: withTaxes(answer.jurises, scaled) };
}

/**
 * What the collected taxes of a line may come to before rounding. Anrok does not say which taxes the seller pays
 * himself (see `breakDown`): any subset may be collected that comes closer than one unit to the amount to collect. Of
 * an amount of some cents that can be several, of a larger one it is one.
 */
function collectedSums(collected: MinorUnits, exact: readonly Decimal[]): Decimal[] {
  const sums =
    exact.length > MOST_TAXES
      ? [totalOf(exact)]
      : exact.reduce((sums, tax) => [...sums, ...sums.map((sum) => sum.plus(tax))], [new Decimal(0)]);
  return sums.filter((sum) => sum.minus(collected).abs().lt(1));
}

/** Parts that add up to the total exactly, and none against its sign: the sums up to each are rounded, not the parts. */
function split(total: Decimal, weights: readonly Decimal[]): Decimal[] {
  if (total.isZero()) return weights.map(() => total);
  const whole = totalOf(weights);
  const upTo = weights.map((_, index) =>
    total
      .times(totalOf(weights.slice(0, index + 1)))
      .dividedBy(whole)
      .decimalPlaces(PLACES),
  );
  return upTo.map((sum, index) => sum.minus(upTo[index - 1] ?? 0));
}

function taxesOf({ jurises }: AnrokComputedLine): AnrokComputedTax[] {
  return jurises.flatMap(({ taxes }) => taxes ?? []);
}

function withTaxes(jurises: readonly AnrokComputedJuris[], taxes: readonly AnrokComputedTax[]): AnrokComputedJuris[] {
  const next = taxes.values();
  return jurises.map((juris) => ({ ...juris, taxes: juris.taxes && juris.taxes.map(() => next.next().value!) }));
}

function byRate({ taxableAmount, taxRate }: AnrokComputedTax): Decimal {
  return new Decimal(taxableAmount).times(taxRate);
}

function totalOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0));
}
