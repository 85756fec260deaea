import { Decimal, isDecimalString, type MinorUnits } from '@anrok-nest/tax';
import { InvalidInputError, type InputProblem } from '../billing.error.js';
import type { Plan } from './plan.entity.js';

/** What is absent takes its default when the charge is new, and stays as it is when it is not. */
export interface ChargeInput {
  readonly billableMetricId: string;
  /** Decimal string in major units. */
  readonly amount: string;
  /** Default false. */
  readonly payInAdvance?: boolean | null;
  /** Default true. */
  readonly invoiceable?: boolean | null;
  readonly invoiceDisplayName?: string | null;
}

export interface FixedChargeInput {
  readonly addOnId: string;
  /** Decimal string. */
  readonly units: string;
  /** Decimal string in major units; the add-on's amount when absent. */
  readonly amount?: string | null;
  /** Default false. */
  readonly payInAdvance?: boolean | null;
  readonly invoiceDisplayName?: string | null;
}

type PlanDetails = Pick<
  Plan,
  | 'code'
  | 'name'
  | 'invoiceDisplayName'
  | 'description'
  | 'interval'
  | 'amountCents'
  | 'amountCurrency'
  | 'payInAdvance'
>;

export interface PlanInput extends PlanDetails {
  /** Null takes it away. */
  readonly minimumCommitment?: {
    readonly amountCents: MinorUnits;
    readonly invoiceDisplayName?: string | null;
  } | null;
  /** All of them: what is not in the list is taken off the plan. */
  readonly charges?: readonly ChargeInput[];
  /** Likewise. */
  readonly fixedCharges?: readonly FixedChargeInput[];
}

/** @throws InvalidInputError naming every charge that can't be: unpriced, or a second one for the same thing */
export function assertCharges({ charges = [], fixedCharges = [] }: Partial<PlanInput>): void {
  const problems = [
    ...charges.flatMap((charge, index) => [
      ...problemOf(`charges[${index}].properties.amount`, decimalProblem(charge.amount)),
      ...problemOf(`charges[${index}].billableMetricId`, repeated(charges, index, 'billableMetricId')),
    ]),
    ...fixedCharges.flatMap((charge, index) => [
      ...problemOf(`fixedCharges[${index}].units`, decimalProblem(charge.units)),
      ...problemOf(`fixedCharges[${index}].properties.amount`, decimalProblem(charge.amount ?? '0')),
      ...problemOf(`fixedCharges[${index}].addOnId`, repeated(fixedCharges, index, 'addOnId')),
    ]),
  ];
  if (problems.length > 0) throw new InvalidInputError(Object.fromEntries(problems));
}

function decimalProblem(text: string): InputProblem | undefined {
  if (!isDecimalString(text)) return 'value_is_invalid';
  return new Decimal(text).lt(0) ? 'value_is_out_of_range' : undefined;
}

function repeated<T>(all: readonly T[], index: number, key: keyof T): InputProblem | undefined {
  return all.slice(0, index).some((other) => other[key] === all[index]![key]) ? 'value_already_exist' : undefined;
}

function problemOf(field: string, problem: InputProblem | undefined): [field: string, problems: InputProblem[]][] {
  return problem ? [[field, [problem]]] : [];
}
