import { Decimal, isDecimalString, type MinorUnits, roundToMinorUnits, toDecimalString } from '@anrok-nest/tax';
import type { AddOn } from '../add-on/add-on.entity.js';
import { InvalidInputError, type InputProblem } from '../billing.error.js';
import type { PricedFee } from '../pricing/priced-fee.js';

/** A line of a one-off invoice as the caller gives it; what is absent comes from the add-on. */
export interface OneOffFeeInput {
  readonly addOnCode: string;
  readonly unitAmountCents?: MinorUnits | null;
  /** Decimal string; one unit when absent. */
  readonly units?: string | null;
  readonly invoiceDisplayName?: string | null;
  readonly description?: string | null;
  /** Whether the amount already contains its tax; false when absent. */
  readonly taxIncluded?: boolean | null;
  readonly fromDatetime?: Date | null;
  readonly toDatetime?: Date | null;
}

/** A line, and the add-on that it names. */
export interface OneOffSale {
  readonly input: OneOffFeeInput;
  readonly addOn: AddOn;
}

/**
 * The fees of a one-off invoice, priced: an amount is the exact product of units and unit amount, rounded once to the
 * minor unit, halves up.
 *
 * @throws InvalidInputError naming everything that can't be: less than nothing, a fraction of a cent, or more than
 * numbers hold exactly
 */
export function toOneOffFees(sales: readonly OneOffSale[], currency: string): PricedFee[] {
  const problems = Object.fromEntries(sales.flatMap((sale, index) => problemsOf(sale, `fees[${index}]`, currency)));
  if (Object.keys(problems).length > 0) throw new InvalidInputError(problems);
  const total = sales.reduce((sum, sale) => sum.plus(exactAmount(sale)), new Decimal(0));
  if (isTooLarge(total)) throw new InvalidInputError({ fees: ['value_is_out_of_range'] });
  return sales.map((sale) => toFee(sale, currency));
}

function toFee({ input, addOn }: OneOffSale, currency: string): PricedFee {
  return {
    itemType: 'add_on',
    itemCode: addOn.code,
    itemName: addOn.name,
    itemId: addOn.id,
    payInAdvance: false,
    invoiceDisplayName: input.invoiceDisplayName ?? addOn.invoiceDisplayName ?? addOn.name,
    description: input.description ?? addOn.description ?? null,
    units: new Decimal(input.units ?? 1).toFixed(),
    unitAmount: toDecimalString(input.unitAmountCents ?? addOn.amountCents, currency),
    amountCents: roundToMinorUnits(exactAmount({ input, addOn })),
    taxIncluded: input.taxIncluded ?? false,
    fromDatetime: input.fromDatetime ?? null,
    toDatetime: input.toDatetime ?? null,
  };
}

function problemsOf(sale: OneOffSale, at: string, currency: string): [field: string, problems: InputProblem[]][] {
  const unitAmount = unitAmountProblem(sale, currency);
  const units = unitsProblem(sale.input);
  const isPriced = !unitAmount && !units;
  const amount: InputProblem | undefined =
    isPriced && isTooLarge(exactAmount(sale)) ? 'value_is_out_of_range' : undefined;
  const { fromDatetime, toDatetime } = sale.input;
  const period: InputProblem | undefined =
    fromDatetime && toDatetime && fromDatetime > toDatetime ? 'value_is_out_of_range' : undefined;
  const found = { unitAmountCents: unitAmount, units: units ?? amount, toDatetime: period };
  return Object.entries(found).flatMap(([field, problem]): [string, InputProblem[]][] =>
    problem ? [[`${at}.${field}`, [problem]]] : [],
  );
}

function unitAmountProblem({ input, addOn }: OneOffSale, currency: string): InputProblem | undefined {
  // the add-on's price in another currency is a number without meaning here
  if (typeof input.unitAmountCents !== 'number' && addOn.amountCurrency !== currency) return 'value_is_mandatory';
  const unitAmountCents = input.unitAmountCents ?? 0;
  if (!Number.isSafeInteger(unitAmountCents)) return 'value_is_invalid';
  return unitAmountCents < 0 ? 'value_is_out_of_range' : undefined;
}

function unitsProblem(input: OneOffFeeInput): InputProblem | undefined {
  const units = input.units ?? '1';
  if (!isDecimalString(units)) return 'value_is_invalid';
  return new Decimal(units).lt(0) ? 'value_is_out_of_range' : undefined;
}

function exactAmount({ input, addOn }: OneOffSale): Decimal {
  return new Decimal(input.unitAmountCents ?? addOn.amountCents).times(input.units ?? 1);
}

function isTooLarge(amount: Decimal): boolean {
  return amount.gt(Number.MAX_SAFE_INTEGER);
}
