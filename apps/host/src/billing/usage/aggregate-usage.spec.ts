import { Decimal } from '@anrok-nest/tax';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Aggregation, AGGREGATIONS } from '../billable-metric/billable-metric.entity.js';
import { aggregateUsage, isMeasurable } from './aggregate-usage.js';

const units = (aggregation: Aggregation, values: readonly unknown[]) =>
  aggregateUsage(
    { aggregation, fieldName: 'gb' },
    values.map((gb) => ({ properties: { gb } })),
  ).units;

describe('the units of some events', () => {
  it.each<[Aggregation, unknown[], string]>([
    ['count', [], '0'],
    ['count', [1, 'x', undefined], '3'],
    ['sum', [], '0'],
    ['sum', [0.1, 0.2, '0.3'], '0.6'],
    ['sum', [10, -2.5], '7.5'],
    ['sum', [1, -3], '0'],
    ['sum', [1, 'many', undefined, null, Number.NaN], '1'],
    ['max', [], '0'],
    ['max', ['9', 10, 9.99], '10'],
    ['max', [-1], '0'],
    ['unique_count', ['a', 'b', 'a', 'A'], '3'],
    ['unique_count', [1, '1', true, null, undefined], '2'],
  ])('are, by %s of %j, %s', (aggregation, values, expected) => {
    expect(units(aggregation, values)).toBe(expected);
  });

  it('count what happened, whatever it adds', () => {
    const events = [{ properties: {} }, { properties: { gb: 1 } }];
    expect(aggregateUsage({ aggregation: 'sum', fieldName: 'gb' }, events)).toEqual({ units: '1', eventsCount: 2 });
    expect(aggregateUsage({ aggregation: 'count', fieldName: null }, events)).toEqual({ units: '2', eventsCount: 2 });
  });

  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom('0.01', '1.5', '2')));

  it('do not depend on the order in which the events came', () => {
    fc.assert(
      fc.property(fc.constantFrom(...AGGREGATIONS), values, (aggregation, values) => {
        expect(units(aggregation, values.toReversed())).toBe(units(aggregation, values));
      }),
    );
  });

  it('never shrink when more is used', () => {
    fc.assert(
      fc.property(fc.constantFrom(...AGGREGATIONS), values, values, (aggregation, before, more) => {
        const grown = new Decimal(units(aggregation, [...before, ...more]));
        expect(grown.gte(units(aggregation, before))).toBe(true);
      }),
    );
  });
});

describe('an event', () => {
  it.each<[Aggregation, unknown, boolean]>([
    ['count', undefined, true],
    ['sum', '12.5', true],
    ['sum', 'many', false],
    ['sum', undefined, false],
    ['max', 0, true],
    ['unique_count', 'somebody', true],
    ['unique_count', null, false],
  ])('for %s with %j is measurable: %s', (aggregation, gb, expected) => {
    expect(isMeasurable({ aggregation, fieldName: 'gb' }, { gb })).toBe(expected);
  });
});
