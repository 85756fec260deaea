import { Decimal } from '@anrok-nest/tax';
import type { Charge, FixedCharge, Plan } from '../../billing/index.js';

/** A plan as the API shows it. Features that this billing doesn't have are empty, never made up. */
export function toPlanObject(plan: Plan) {
  return {
    lago_id: plan.id,
    code: plan.code,
    name: plan.name,
    invoice_display_name: plan.invoiceDisplayName ?? undefined,
    description: plan.description ?? undefined,
    interval: plan.interval,
    amount_cents: plan.amountCents,
    amount_currency: plan.amountCurrency,
    pay_in_advance: plan.payInAdvance,
    bill_charges_monthly: null,
    bill_fixed_charges_monthly: null,
    ...(plan.minimumCommitmentCents && { minimum_commitment: toMinimumCommitmentObject(plan) }),
    charges: plan.charges.getItems().map(toChargeObject),
    fixed_charges: plan.fixedCharges.getItems().map(toFixedChargeObject),
    taxes: [],
    created_at: plan.createdAt.toISOString(),
  };
}

/** A part of its plan, and known by its id. */
function toMinimumCommitmentObject(plan: Plan) {
  return {
    lago_id: plan.id,
    plan_code: plan.code,
    amount_cents: plan.minimumCommitmentCents!,
    invoice_display_name: plan.minimumCommitmentDisplayName ?? undefined,
    interval: plan.interval,
    created_at: plan.createdAt.toISOString(),
    updated_at: plan.updatedAt.toISOString(),
    taxes: [],
  };
}

function toChargeObject(charge: Charge) {
  return {
    lago_id: charge.id,
    lago_billable_metric_id: charge.billableMetric.id,
    billable_metric_code: charge.billableMetric.code,
    invoice_display_name: charge.invoiceDisplayName ?? null,
    created_at: charge.createdAt.toISOString(),
    charge_model: 'standard' as const,
    pay_in_advance: charge.payInAdvance,
    invoiceable: charge.invoiceable,
    regroup_paid_fees: null,
    prorated: false,
    min_amount_cents: 0,
    properties: { amount: charge.amount },
    filters: [],
    taxes: [],
  };
}

function toFixedChargeObject(charge: FixedCharge) {
  const { addOn } = charge;
  return {
    lago_id: charge.id,
    lago_add_on_id: addOn.id,
    add_on_code: addOn.code,
    code: addOn.code,
    invoice_display_name: charge.invoiceDisplayName ?? addOn.invoiceDisplayName ?? addOn.name,
    created_at: charge.createdAt.toISOString(),
    charge_model: 'standard' as const,
    pay_in_advance: charge.payInAdvance,
    prorated: false,
    properties: { amount: charge.amount },
    // a number to this API's types; nothing is computed with it
    units: Number(new Decimal(charge.units).toFixed()),
    taxes: [],
  };
}
