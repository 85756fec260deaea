import { toDecimalString } from '@anrok-nest/tax';
import { type EntityManager, LockMode } from '@mikro-orm/core';
import { validate } from 'uuid';
import { AddOn } from '../add-on/add-on.entity.js';
import { BillableMetric } from '../billable-metric/billable-metric.entity.js';
import { InvalidInputError, NotFoundError } from '../billing.error.js';
import { Charge, FixedCharge, type Plan } from './plan.entity.js';
import type { ChargeInput, FixedChargeInput, PlanInput } from './plan.input.js';

/**
 * Makes the given lists the plan's charges; a list that is absent stays as it is. A charge is known by what it is for:
 * one that was there before stays the same charge, so that what was billed by it is known to be.
 *
 * @throws NotFoundError for a billable metric or an add-on
 * @throws InvalidInputError when a plan in use would bill the same usage in advance and in arrears
 */
export async function setCharges(
  em: EntityManager,
  plan: Plan,
  { charges, fixedCharges }: Pick<PlanInput, 'charges' | 'fixedCharges'>,
  isInUse: boolean,
): Promise<void> {
  if (charges) {
    const wanted = await toCharges(em, plan, charges, isInUse);
    if (isInUse) assertKept(plan.charges, wanted, 'charges');
    plan.charges.set(wanted);
  }
  if (fixedCharges) {
    const wanted = await toFixedCharges(em, plan, fixedCharges, isInUse);
    if (isInUse) assertKept(plan.fixedCharges, wanted, 'fixedCharges');
    plan.fixedCharges.set(wanted);
  }
}

async function toCharges(em: EntityManager, plan: Plan, inputs: readonly ChargeInput[], isInUse: boolean) {
  const ids = inputs.map((input) => input.billableMetricId);
  const metrics = inOrderOf(ids, await em.find(BillableMetric, idIn(ids), LOCKED), 'billable_metric');
  const present = new Map(plan.charges.getItems().map((charge) => [charge.billableMetric.id, charge]));
  return inputs.map((input, position) => {
    const known = present.get(input.billableMetricId);
    const values = {
      position,
      amount: input.amount,
      payInAdvance: input.payInAdvance ?? known?.payInAdvance ?? false,
      invoiceable: input.invoiceable ?? known?.invoiceable ?? true,
      invoiceDisplayName: given(input.invoiceDisplayName, known?.invoiceDisplayName),
    };
    if (!values.invoiceable && !values.payInAdvance)
      throw new InvalidInputError({ [`charges[${position}].invoiceable`]: ['value_is_invalid'] });
    if (known && isInUse) assertSame(known, values, ['payInAdvance', 'invoiceable'], `charges[${position}]`);
    if (known) return em.assign(known, values);
    return em.create(Charge, { ...values, plan, billableMetric: metrics[position]! });
  });
}

async function toFixedCharges(em: EntityManager, plan: Plan, inputs: readonly FixedChargeInput[], isInUse: boolean) {
  const ids = inputs.map((input) => input.addOnId);
  const addOns = inOrderOf(ids, await em.find(AddOn, idIn(ids), LOCKED), 'add_on');
  const present = new Map(plan.fixedCharges.getItems().map((charge) => [charge.addOn.id, charge]));
  return inputs.map((input, position) => {
    const addOn = addOns[position]!;
    const known = present.get(addOn.id);
    const values = {
      position,
      units: input.units,
      amount: input.amount ?? known?.amount ?? amountOf(addOn, plan, `fixedCharges[${position}]`),
      payInAdvance: input.payInAdvance ?? known?.payInAdvance ?? false,
      invoiceDisplayName: given(input.invoiceDisplayName, known?.invoiceDisplayName),
    };
    if (known && isInUse) assertSame(known, values, ['payInAdvance'], `fixedCharges[${position}]`);
    if (known) return em.assign(known, values);
    return em.create(FixedCharge, { ...values, plan, addOn });
  });
}

/** So that nobody removes or changes what is charged for meanwhile. */
const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;

/** PostgreSQL fails on what is no UUID instead of not finding it. */
const idIn = (ids: readonly string[]) => ({ id: { $in: ids.filter((id) => validate(id)) } });

function inOrderOf<T extends { id: string }>(ids: readonly string[], found: readonly T[], resource: string): T[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  return ids.map((id) => {
    const one = byId.get(id);
    if (!one) throw new NotFoundError(resource);
    return one;
  });
}

/** Absent keeps, null takes away. */
function given<T>(value: T | null | undefined, known: T | null | undefined): T | null {
  return (value === undefined ? known : value) ?? null;
}

function assertSame<T extends object>(known: T, wanted: Partial<T>, fields: readonly (keyof T & string)[], at: string) {
  const changed = fields.filter((field) => known[field] !== wanted[field]);
  if (changed.length > 0)
    throw new InvalidInputError(Object.fromEntries(changed.map((field) => [`${at}.${field}`, ['plan_in_use']])));
}

/** What is paid in advance stays: once it is gone, it could come back in arrears, over what it has billed already. */
function assertKept<T extends Pick<Charge, 'payInAdvance'>>(known: Iterable<T>, wanted: readonly T[], at: string) {
  const isGone = (charge: T) => charge.payInAdvance && !wanted.includes(charge);
  if ([...known].some(isGone)) throw new InvalidInputError({ [at]: ['plan_in_use'] });
}

/** The add-on's price in another currency is a number without meaning here. */
function amountOf(addOn: AddOn, plan: Plan, at: string): string {
  if (addOn.amountCurrency !== plan.amountCurrency)
    throw new InvalidInputError({ [`${at}.properties.amount`]: ['value_is_mandatory'] });
  return toDecimalString(addOn.amountCents, addOn.amountCurrency);
}
