import { Decimal, sumOf } from '@anrok-nest/tax';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../invoice/calendar-date.js';
import { type BillingPeriod, type BillingSchedule, occasionOn, periodAt } from '../subscription/billing-period.js';
import { fixedChargeFees, minimumCommitmentFee, subscriptionFee } from './plan-fees.js';
import { priceOf, type PricingContext } from './priced-fee.js';
import { type ChargeToPrice, usageFees } from './usage-fees.js';

const context: PricingContext = {
  subscriptionId: 'sub-1',
  currency: 'USD',
  from: new Date('2026-03-01T00:00:00Z'),
  until: new Date('2026-04-01T00:00:00Z'),
};
const common = {
  subscriptionId: 'sub-1',
  taxIncluded: false,
  fromDatetime: context.from,
  toDatetime: new Date('2026-03-31T23:59:59.999Z'),
};
const march: BillingPeriod = { startsOn: '2026-03-01', endsOn: '2026-04-01', days: 31, wholeDays: 31 };
const firstDays = (days: number) => ({ ...march, endsOn: addDays(march.startsOn, days), days });
const plan = {
  id: 'plan-1',
  code: 'premium',
  name: 'Premium',
  invoiceDisplayName: null,
  description: null,
  amountCents: 3_000,
  payInAdvance: false,
  minimumCommitmentCents: 10_000,
  minimumCommitmentDisplayName: null,
};

describe('a price', () => {
  it.each([
    ['3', '1.50', 'USD', 450],
    ['1000001', '0.000001', 'USD', 100],
    ['1', '0.005', 'USD', 1],
    ['1', '0.0049999999999999', 'USD', 0],
    // 1.005 × 100 is 100.49999999999999 in floating point
    ['1.005', '1', 'USD', 101],
    ['7', '0.5', 'JPY', 4],
    ['0.0005', '1', 'KWD', 1],
  ])('of %s units at %s %s is %i', (units, unitAmount, currency, cents) => {
    expect(priceOf(units, unitAmount, currency)).toBe(cents);
  });

  it('is nowhere more than half a cent away from the exact product', () => {
    const decimal = fc
      .tuple(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 0, max: 9 }))
      .map(([digits, places]) => new Decimal(digits).shiftedBy(-places));
    fc.assert(
      fc.property(decimal, decimal, (units, unitAmount) => {
        const exact = units.times(unitAmount).times(100);
        fc.pre(exact.lt(Number.MAX_SAFE_INTEGER));
        const price = priceOf(units.toFixed(), unitAmount.toFixed(), 'USD');
        expect(exact.minus(price).abs().lte(0.5)).toBe(true);
        if (exact.mod(1).eq(0.5)) expect(exact.lt(price)).toBe(true);
      }),
    );
  });

  it('is refused where numbers do not hold it exactly', () => {
    expect(() => priceOf('9'.repeat(20), '1', 'USD')).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });
});

describe('the fees for usage', () => {
  const charge = (changes: Partial<ChargeToPrice> = {}): ChargeToPrice => ({
    id: 'charge-1',
    amount: '0.002',
    payInAdvance: false,
    invoiceDisplayName: null,
    billableMetric: { id: 'metric-1', code: 'requests', name: 'Requests', description: 'Calls of the API' },
    ...changes,
  });
  const used = (units: string) => new Map([['metric-1', { units, eventsCount: 1 }]]);

  it('say what was used, of which metric and charge, and when', () => {
    expect(usageFees([charge({ invoiceDisplayName: 'API' })], used('1500.5'), context)).toEqual([
      {
        ...common,
        itemType: 'billable_metric',
        itemCode: 'requests',
        itemName: 'Requests',
        itemId: 'metric-1',
        chargeId: 'charge-1',
        payInAdvance: false,
        invoiceDisplayName: 'API',
        description: 'Calls of the API',
        units: '1500.5',
        unitAmount: '0.002',
        amountCents: 300,
      },
    ]);
  });

  it('are none where nothing was used, and zero where it was free', () => {
    expect(usageFees([charge()], used('0'), context)).toEqual([]);
    expect(usageFees([charge()], new Map(), context)).toEqual([]);
    expect(usageFees([charge({ amount: '0' })], used('3'), context)).toMatchObject([{ units: '3', amountCents: 0 }]);
  });
});

describe('the fee for the plan', () => {
  it('is its amount for a whole interval, and its part by days for a part', () => {
    expect(subscriptionFee(plan, march, context)).toEqual({
      ...common,
      itemType: 'subscription',
      itemCode: 'premium',
      itemName: 'Premium',
      itemId: 'plan-1',
      payInAdvance: false,
      invoiceDisplayName: 'Premium',
      description: null,
      units: '1',
      unitAmount: '30.00',
      amountCents: 3_000,
    });
    expect(subscriptionFee(plan, firstDays(17), context)).toMatchObject({ amountCents: 1_645, unitAmount: '16.45' });
  });

  it('is none when the plan is free', () => {
    expect(subscriptionFee({ ...plan, amountCents: 0 }, march, context)).toBeUndefined();
  });

  it('adds up to the amount, to the cent for each part, however an interval is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 30 }), (amountCents, days) => {
        const rest = { ...march, days: march.days - days };
        const parts = [firstDays(days), rest].map(
          (period) => subscriptionFee({ ...plan, amountCents }, period, context)?.amountCents ?? 0,
        );
        expect(Math.abs(sumOf(parts) - amountCents)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the same for every whole interval, long or short', () => {
    const schedule: BillingSchedule = { interval: 'monthly', billingTime: 'anniversary', startsOn: '2026-01-31' };
    for (let period = periodAt(schedule, '2026-01-31'); period.startsOn < '2029';) {
      expect(subscriptionFee(plan, period, context)?.amountCents).toBe(3_000);
      period = occasionOn(schedule, period.endsOn).opened!;
    }
  });
});

describe('the minimum commitment', () => {
  it('lifts what a period costs to what was committed to', () => {
    expect(minimumCommitmentFee(plan, march, 3_450, context)).toEqual({
      ...common,
      itemType: 'minimum_commitment',
      itemCode: 'premium',
      itemName: 'Premium',
      itemId: 'plan-1',
      payInAdvance: false,
      invoiceDisplayName: 'Minimum commitment',
      description: null,
      units: '1',
      unitAmount: '65.50',
      amountCents: 6_550,
    });
  });

  it.each([
    ['the period costs as much', plan, march, 10_000],
    ['the period costs more', plan, march, 10_001],
    ['nothing was committed to', { ...plan, minimumCommitmentCents: null }, march, 0],
    ['a part of the period costs its part', plan, firstDays(10), 3_226],
  ])('is no fee when %s', (_, plan, period, billed) => {
    expect(minimumCommitmentFee(plan, period, billed, context)).toBeUndefined();
  });
});

describe('the fees for add-ons that come with an interval', () => {
  const fixed = {
    id: 'fixed-1',
    units: '2.5',
    amount: '10',
    payInAdvance: true,
    invoiceDisplayName: null,
    addOn: {
      id: 'add-on-1',
      code: 'support',
      name: 'Support',
      invoiceDisplayName: 'Support (S)',
      description: 'Phone',
    },
  };

  it('have the add-on as their item', () => {
    expect(fixedChargeFees([fixed], context)).toEqual([
      {
        ...common,
        itemType: 'fixed_charge',
        itemCode: 'support',
        itemName: 'Support',
        itemId: 'add-on-1',
        chargeId: 'fixed-1',
        payInAdvance: true,
        invoiceDisplayName: 'Support (S)',
        description: 'Phone',
        units: '2.5',
        unitAmount: '10',
        amountCents: 2_500,
      },
    ]);
  });

  it('are none for what costs nothing', () => {
    expect(fixedChargeFees([{ ...fixed, units: '0' }], context)).toEqual([]);
  });
});
