import { sumOf } from '@anrok-nest/tax';
import { type ChargeUsage, type CurrentUsage, momentsOf } from '../../billing/index.js';
import { toWireAggregation } from '../billable-metric/billable-metric.input.js';

/** What was used so far, as the API shows it. Where nobody asked for taxes they are 0, because its types know no null. */
export function toCustomerUsageObject(usage: CurrentUsage) {
  const { subscription, period, charges, amountCents } = usage;
  const { from, until } = momentsOf(period, subscription.timezone);
  const currency = subscription.plan.amountCurrency;
  const taxesAmountCents = usage.taxesAmountCents ?? 0;
  return {
    from_datetime: from.toISOString(),
    to_datetime: new Date(until.getTime() - 1).toISOString(),
    issuing_date: period.endsOn,
    lago_invoice_id: null,
    currency,
    amount_cents: amountCents,
    taxes_amount_cents: taxesAmountCents,
    total_amount_cents: sumOf([amountCents, taxesAmountCents]),
    charges_usage: charges.map((charge) => toChargeUsageObject(charge, currency)),
  };
}

function toChargeUsageObject({ charge, units, eventsCount, amountCents }: ChargeUsage, currency: string) {
  const { billableMetric: metric } = charge;
  return {
    units,
    total_aggregated_units: units,
    events_count: eventsCount,
    amount_cents: amountCents,
    amount_currency: currency,
    charge: {
      lago_id: charge.id,
      charge_model: 'standard' as const,
      invoice_display_name: charge.invoiceDisplayName ?? null,
    },
    billable_metric: {
      lago_id: metric.id,
      name: metric.name,
      code: metric.code,
      aggregation_type: toWireAggregation(metric.aggregation),
    },
    filters: [],
    grouped_usage: [],
  };
}
