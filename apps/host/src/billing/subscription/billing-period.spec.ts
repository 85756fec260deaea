import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate, startOfDay } from '../invoice/calendar-date.js';
import { PLAN_INTERVALS } from '../plan/plan.entity.js';
import {
  type BillingPeriod,
  type BillingSchedule,
  firstOccasion,
  occasionOn,
  occasionsUntil,
  periodAt,
} from './billing-period.js';
import { BILLING_TIMES } from './subscription.entity.js';

const calendar = (schedule: Partial<BillingSchedule> = {}): BillingSchedule => ({
  interval: 'monthly',
  billingTime: 'calendar',
  startsOn: '2026-01-10',
  ...schedule,
});
const anniversary = (schedule: Partial<BillingSchedule>) => calendar({ billingTime: 'anniversary', ...schedule });
const show = ({ startsOn, endsOn, days, wholeDays }: ReturnType<typeof periodAt>) =>
  `${startsOn}..${endsOn} ${days}/${wholeDays}`;

describe('the period of a day', () => {
  it.each<[string, BillingSchedule, string, string]>([
    ['a calendar week, from Monday', calendar({ interval: 'weekly' }), '2026-03-15', '2026-03-09..2026-03-16 7/7'],
    ['a calendar month', calendar(), '2026-02-28', '2026-02-01..2026-03-01 28/28'],
    ['a leap month', calendar(), '2028-02-29', '2028-02-01..2028-03-01 29/29'],
    ['a calendar quarter', calendar({ interval: 'quarterly' }), '2026-06-30', '2026-04-01..2026-07-01 91/91'],
    ['a calendar year', calendar({ interval: 'yearly' }), '2028-12-31', '2028-01-01..2029-01-01 366/366'],
    ['what is left of the first month', calendar(), '2026-01-31', '2026-01-10..2026-02-01 22/31'],
    ['what there was of the last', calendar({ endsOn: '2026-03-05' }), '2026-03-04', '2026-03-01..2026-03-05 4/31'],
    [
      'a week of its own',
      anniversary({ interval: 'weekly', startsOn: '2026-01-07' }),
      '2026-03-15',
      '2026-03-11..2026-03-18 7/7',
    ],
    ['a month of its own', anniversary({}), '2026-03-09', '2026-02-10..2026-03-10 28/28'],
    [
      'the month of the 31st, cut short',
      anniversary({ startsOn: '2026-01-31' }),
      '2026-02-28',
      '2026-02-28..2026-03-31 31/31',
    ],
    ['the month before it', anniversary({ startsOn: '2026-01-31' }), '2026-02-27', '2026-01-31..2026-02-28 28/28'],
    [
      'the quarter of the 30th of November',
      anniversary({ interval: 'quarterly', startsOn: '2026-11-30' }),
      '2027-03-01',
      '2027-02-28..2027-05-30 91/91',
    ],
    [
      'the year of a 29th of February',
      anniversary({ interval: 'yearly', startsOn: '2028-02-29' }),
      '2029-02-28',
      '2029-02-28..2030-02-28 365/365',
    ],
    [
      'the year that has one again',
      anniversary({ interval: 'yearly', startsOn: '2028-02-29' }),
      '2032-02-29',
      '2032-02-29..2033-02-28 365/365',
    ],
  ])('is %s', (_, schedule, day, expected) => {
    expect(show(periodAt(schedule, day))).toBe(expected);
  });
});

describe('the occasions on which a subscription is billed', () => {
  it('open its first period, close one and open the next, and close the last', () => {
    const schedule = calendar({ endsOn: '2026-02-15' });
    expect(occasionOn(schedule, '2026-01-10')).toEqual({ opened: periodAt(schedule, '2026-01-10') });
    expect(occasionOn(schedule, '2026-02-01')).toEqual({
      closed: periodAt(schedule, '2026-01-31'),
      opened: periodAt(schedule, '2026-02-01'),
    });
    expect(occasionOn(schedule, '2026-02-15')).toEqual({ closed: periodAt(schedule, '2026-02-14') });
  });

  it.each<[string, BillingSchedule, string, string]>([
    ['its first day, when it starts today', calendar(), '2026-01-10', '2026-01-10'],
    ['its first day, when that is still to come', calendar(), '2025-12-24', '2026-01-10'],
    ['the end of the running period, when it began in the past', calendar(), '2026-03-15', '2026-04-01'],
    ['today, when a period ends today', calendar(), '2026-03-01', '2026-03-01'],
  ])('begin with %s', (_, schedule, today, expected) => {
    expect(firstOccasion(schedule, today)).toBe(expected);
  });
});

const day = fc.integer({ min: 0, max: 15_000 }).map((days) => addDays('2000-01-01', days));
const schedules = fc
  .record({
    interval: fc.constantFrom(...PLAN_INTERVALS),
    billingTime: fc.constantFrom(...BILLING_TIMES),
    startsOn: day,
    length: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
  })
  .map(({ length, ...schedule }) => ({
    ...schedule,
    ...(length !== undefined && { endsOn: addDays(schedule.startsOn, length) }),
  }));
// places where the clocks change at midnight, where a day was skipped, and where they are far from UTC
const zones = fc.constantFrom('UTC', 'America/Havana', 'Africa/Cairo', 'Pacific/Apia', 'Asia/Kathmandu', '+05:30');

describe('any schedule', () => {
  /** Every occasion, from the first day to the last or for some while. */
  const walk = (schedule: BillingSchedule) => {
    const days = [schedule.startsOn];
    for (let left = 15; left > 0; left--) {
      const { opened } = occasionOn(schedule, days.at(-1)!);
      if (!opened) break;
      days.push(opened.endsOn);
    }
    return days;
  };

  it('bills every day in advance and in arrears once: no gap, no overlap', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const days = walk(schedule);
        const occasions = days.map((day) => occasionOn(schedule, day));
        occasions.forEach(({ closed, opened }, index) => {
          expect(closed?.startsOn).toBe(days[index - 1]);
          expect(closed?.endsOn).toBe(index === 0 ? undefined : days[index]);
          expect(closed).toEqual(occasions[index - 1]?.opened);
          if (opened) expect(opened).toMatchObject({ startsOn: days[index], endsOn: days[index + 1] ?? opened.endsOn });
        });
        if (days.length < 16) expect(days.at(-1)).toBe(schedule.endsOn);
      }),
    );
  });

  it('bills every day in arrears once, whenever the runs are, and whenever it is terminated', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 700 }),
        (any, runs, lastDay) => {
          const { interval, billingTime, startsOn } = any;
          const schedule: BillingSchedule = { interval, billingTime, startsOn };
          const endsOn = addDays(schedule.startsOn, lastDay + 1);
          const closed: BillingPeriod[] = [];
          let next: string | null = firstOccasion(schedule, schedule.startsOn);
          const run = (by: BillingSchedule, after: number) => {
            const due = occasionsUntil(by, next, addDays(schedule.startsOn, after));
            closed.push(...due.occasions.flatMap((occasion) => occasion.closed ?? []));
            next = due.next;
          };
          const inOrder = runs.toSorted((a, b) => a - b);
          for (const after of inOrder.filter((after) => after <= lastDay)) run(schedule, after);
          // as terminating does
          if (next > endsOn) next = endsOn;
          for (const after of [...inOrder.filter((after) => after > lastDay), 1_000])
            run({ ...schedule, endsOn }, after);
          expect(next).toBeNull();
          expect(closed.map((period) => period.startsOn)).toEqual([
            schedule.startsOn,
            ...closed.slice(0, -1).map((period) => period.endsOn),
          ]);
          expect(closed.at(-1)?.endsOn).toBe(endsOn);
        },
      ),
    );
  });

  it('has for each of its days the one period that holds it', () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 0, max: 5_000 }), (schedule, after) => {
        const day = addDays(schedule.startsOn, after);
        fc.pre(!('endsOn' in schedule) || day < schedule.endsOn!);
        const period = periodAt(schedule, day);
        expect(period.startsOn <= day && day < period.endsOn).toBe(true);
        expect(periodAt(schedule, period.startsOn)).toEqual(period);
        expect(periodAt(schedule, addDays(period.endsOn, -1))).toEqual(period);
        expect(period.days >= 1 && period.days <= period.wholeDays).toBe(true);
      }),
    );
  });

  it('is whole but for its first and its last period', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const periods = walk(schedule).flatMap((day) => occasionOn(schedule, day).opened ?? []);
        for (const period of periods) {
          const isFirst = period.startsOn === schedule.startsOn && schedule.billingTime === 'calendar';
          if (!isFirst && period.endsOn !== schedule.endsOn) expect(period.days).toBe(period.wholeDays);
        }
      }),
    );
  });

  it('has every moment in the period of its day, wherever that is', () => {
    fc.assert(
      fc.property(schedules, zones, fc.integer({ min: 0, max: 86_400_000 * 400 }), (schedule, zone, after) => {
        const moment = new Date(startOfDay(schedule.startsOn, zone).getTime() + after);
        const day = calendarDate(moment, zone);
        fc.pre(!('endsOn' in schedule) || day < schedule.endsOn!);
        const { startsOn, endsOn } = periodAt(schedule, day);
        expect(startOfDay(startsOn, zone) <= moment && moment < startOfDay(endsOn, zone)).toBe(true);
      }),
    );
  });
});
