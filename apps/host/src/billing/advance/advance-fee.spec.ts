import { describe, expect, it } from '@jest/globals';
import { sumOf } from '@anrok-nest/tax';
import fc from 'fast-check';
import type { Aggregation } from '../billable-metric/billable-metric.entity.js';
import { priceOf } from '../pricing/priced-fee.js';
import { aggregateUsage } from '../usage/aggregate-usage.js';
import { type AdvanceCharge, advanceFee } from './advance-fee.js';

const context = {
  subscriptionId: 'sub-1',
  currency: 'USD',
  from: new Date('2026-03-01T00:00:00Z'),
  until: new Date('2026-04-01T00:00:00Z'),
};

function chargeFor(aggregation: Aggregation, amount = '1'): AdvanceCharge {
  return {
    id: 'charge-1',
    amount,
    payInAdvance: true,
    invoiceDisplayName: null,
    billableMetric: {
      id: 'metric-1',
      code: 'calls',
      name: 'Calls',
      description: null,
      aggregation,
      fieldName: aggregation === 'count' ? null : 'value',
    },
  };
}

const eventOf = (value: unknown) => ({ transactionId: `event of ${String(value)}`, properties: { value } });

/** The fees of events that come one after the other. */
function feesOf(charge: AdvanceCharge, values: readonly unknown[]) {
  const events = values.map(eventOf);
  return events.map((event, index) => advanceFee(charge, events.slice(0, index), event, context));
}

describe('the fee that an event gives at once', () => {
  it('names its charge, its event and the period that it counts in', () => {
    expect(advanceFee(chargeFor('sum', '0.5'), [], eventOf(3), context)).toEqual({
      subscriptionId: 'sub-1',
      itemType: 'billable_metric',
      itemCode: 'calls',
      itemName: 'Calls',
      itemId: 'metric-1',
      chargeId: 'charge-1',
      eventTransactionId: 'event of 3',
      payInAdvance: true,
      invoiceDisplayName: 'Calls',
      description: null,
      units: '3',
      unitAmount: '0.5',
      amountCents: 150,
      taxIncluded: false,
      fromDatetime: context.from,
      toDatetime: new Date('2026-03-31T23:59:59.999Z'),
    });
  });

  it.each<[Aggregation, unknown[], (string | undefined)[]]>([
    ['count', ['a', 'a'], ['1', '1']],
    ['sum', [2, '0.5'], ['2', '0.5']],
    ['max', [5, 3, 8], ['5', undefined, '3']],
    ['unique_count', ['a', 'b', 'a'], ['1', '1', undefined]],
    // what was taken back is not paid back, and is used again for free
    ['sum', [5, -3, 2, 4], ['5', undefined, undefined, '3']],
    ['sum', [-2, 5], [undefined, '3']],
  ])('of a %s over %j is for %j units', (aggregation, values, units) => {
    expect(feesOf(chargeFor(aggregation), values).map((fee) => fee?.units)).toEqual(units);
  });

  it('is none where nothing is owed', () => {
    expect(feesOf(chargeFor('sum', '0'), [1, 2])).toEqual([undefined, undefined]);
    expect(feesOf(chargeFor('sum'), [0])).toEqual([undefined]);
  });

  it('loses no fraction of a cent: the fees of a period add up to the price of all that was used', () => {
    const count = fc.integer({ min: 0, max: 2_000 });
    const price = fc.integer({ min: 0, max: 9_999 }).map((mills) => `${mills / 10_000}`);
    fc.assert(
      fc.property(fc.array(count, { maxLength: 20 }), price, (values, amount) => {
        const charge = chargeFor('sum', amount);
        const fees = feesOf(charge, values);
        const { units } = aggregateUsage(charge.billableMetric, values.map(eventOf));
        expect(sumOf(fees.map((fee) => fee?.amountCents ?? 0))).toBe(priceOf(units, amount, 'USD'));
        for (const fee of fees) expect(fee?.amountCents ?? 1).toBeGreaterThan(0);
      }),
    );
  });
});
