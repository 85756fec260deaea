import { Decimal, sumOf, toText, toWholeUnits } from './decimal.js';
import { type IsoDate, type Jurisdiction, rateOn, type Treatment } from './jurisdiction.js';
import type { ProductTaxCategoryId } from './product-tax-category.js';
import type { ExemptionReason, LineJurisdiction, LineTax, NotTaxedReason, TaxedLine } from './taxed-line.js';

export interface LineToTax {
  readonly id: string | null;
  readonly productExternalId: string;
  readonly category: ProductTaxCategoryId;
  readonly amount: number;
  readonly quantity: string | null;
  readonly taxIncluded: boolean;
}

export interface Circumstances {
  /** The widest first. */
  readonly jurisdictions: readonly Jurisdiction[];
  readonly taxDate: IsoDate;
  /** Why a jurisdiction lets this buyer off, if it does. */
  exemptionIn(jurisdiction: Jurisdiction): ExemptionReason | undefined;
}

/** Amounts that a division made endless keep four places. */
const PLACES = 4;

/** Whether a jurisdiction supports no such product: then there is no answer at all. */
export function isUnsupported(category: ProductTaxCategoryId, jurisdictions: readonly Jurisdiction[]): boolean {
  return jurisdictions.some((jurisdiction) => jurisdiction.taxability[category] === 'notSupported');
}

/** Taxes one line: exact but for prices that include tax, and for the whole units to collect. */
export function taxLine(line: LineToTax, circumstances: Circumstances): TaxedLine {
  const { category, ...rest } = line;
  const verdicts = circumstances.jurisdictions
    .map((jurisdiction) => verdictOf(jurisdiction, category, circumstances))
    .filter(({ jurisdiction, reason }) => !(jurisdiction.isLocal && reason?.type === 'productNotTaxed'));
  const due = verdicts.filter(({ reason }) => reason === null);

  const amount = new Decimal(line.amount);
  const effectiveRate = sumOf(due.map(({ rate, share }) => rate.times(share)));
  const preTax = line.taxIncluded ? amount.dividedBy(effectiveRate.plus(1)).decimalPlaces(PLACES) : amount;
  // a seller whose price includes tax bears every tax out of it, so that none of them is collected on top
  const included = line.taxIncluded ? splitByRate(amount.minus(preTax), due) : undefined;
  const taxOf = (verdict: Verdict) => included?.get(verdict) ?? preTax.times(verdict.share).times(verdict.rate);

  const collected = due.filter(({ jurisdiction }) => jurisdiction.standing === 'collecting');
  return {
    ...rest,
    preTaxAmount: toText(preTax),
    taxAmountToCollect: included ? 0 : toWholeUnits(sumOf(collected.map(taxOf))),
    jurisdictions: verdicts.map((verdict) => toLineJurisdiction(verdict, preTax, taxOf(verdict))),
  };
}

interface Verdict {
  readonly jurisdiction: Jurisdiction;
  readonly reason: NotTaxedReason | null;
  readonly rate: Decimal;
  /** Of the pre-tax amount, that the rate applies to; 0 where the product isn't taxed. */
  readonly share: Decimal;
}

function verdictOf(jurisdiction: Jurisdiction, category: ProductTaxCategoryId, on: Circumstances): Verdict {
  const treatment = jurisdiction.taxability[category];
  const isTaxed = treatment !== 'notTaxed' && treatment !== 'exempt' && treatment !== 'notSupported';
  return {
    jurisdiction,
    reason: reasonOf(jurisdiction, treatment, on),
    rate: new Decimal(rateOn(on.taxDate, jurisdiction)),
    share: new Decimal(isTaxed ? treatment : '0'),
  };
}

function reasonOf(jurisdiction: Jurisdiction, treatment: Treatment, on: Circumstances): NotTaxedReason | null {
  if (jurisdiction.standing === 'noTax') return { type: 'jurisHasNoTax' };
  if (jurisdiction.standing === 'notCollecting') return { type: 'notCollecting' };
  if (treatment === 'notTaxed') return { type: 'productNotTaxed' };
  const exemption = treatment === 'exempt' ? 'transactionExempt' : on.exemptionIn(jurisdiction);
  return exemption ? { type: 'exempt', reason: { type: exemption } } : null;
}

/** The parts add up to the total exactly, and none has another sign: the sums up to each are rounded, not the parts. */
function splitByRate(total: Decimal, verdicts: readonly Verdict[]): Map<Verdict, Decimal> {
  const whole = sumOf(verdicts.map(({ rate, share }) => rate.times(share)));
  const parts = new Map<Verdict, Decimal>();
  let weight = new Decimal(0);
  let given = new Decimal(0);
  for (const verdict of verdicts) {
    weight = weight.plus(verdict.rate.times(verdict.share));
    const upTo = whole.isZero() ? total : total.times(weight).dividedBy(whole).decimalPlaces(PLACES);
    parts.set(verdict, upTo.minus(given));
    given = upTo;
  }
  return parts;
}

function toLineJurisdiction({ jurisdiction, reason, rate, share }: Verdict, preTax: Decimal, tax: Decimal) {
  const { id, regionId, name, taxName } = jurisdiction;
  const isComputed = reason === null || (reason.type === 'notCollecting' && !share.isZero());
  const lineTax: LineTax = {
    taxName,
    taxRate: toText(rate),
    taxableAmount: toText(preTax.times(share)),
    taxAmount: toText(tax),
  };
  return { id, regionId, name, notTaxedReason: reason, tax: isComputed ? lineTax : null } satisfies LineJurisdiction;
}
