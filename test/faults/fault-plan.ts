import type { SerialisableFault } from '@anrok-nest/simulator';
import fc from 'fast-check';

/** What a person does to the billing of a customer. Numbers pick one of what there is. */
export type StoryAct =
  | { readonly act: 'issue'; readonly amounts: readonly number[]; readonly isMapped: boolean }
  | { readonly act: 'void' | 'loseDispute' | 'creditAll' | 'voidNote'; readonly which: number }
  | { readonly act: 'credit'; readonly which: number; readonly percent: number }
  | { readonly act: 'loseAddress' | 'move' | 'nextCustomer' };

/** Documents that break whoever works on them: how. */
export const POISONS = ['load', 'apply', 'report', 'shape', 'deadly'] as const;
export type Poison = (typeof POISONS)[number];

export type SabotageAct =
  | { readonly act: 'kill' | 'stop'; readonly which: number; readonly awayMs: number }
  | { readonly act: 'crashPostgres' | 'crashSimulator' | 'crashRedis'; readonly awayMs: number }
  | { readonly act: 'cutConnections'; readonly percent: number }
  | { readonly act: 'breakAnrok'; readonly fault: SerialisableFault; readonly times: number }
  | { readonly act: 'jumpClock'; readonly which: number; readonly offsetMs: number }
  | { readonly act: 'poison'; readonly poison: Poison }
  | { readonly act: 'freeze' | 'unfreeze' | 'deploy' | 'flushRedis' | 'resync' };

/** All that happens in a run: several stories told side by side, and what is done to them. */
export interface FaultPlan {
  /** Whether documents go to the workers over Redis. */
  readonly overRedis: boolean;
  readonly stories: readonly (readonly StoryAct[])[];
  readonly sabotage: readonly { readonly pauseMs: number; readonly act: SabotageAct }[];
}

const STORIES = 3;

const which = fc.nat({ max: 5 });
const awayMs = fc.integer({ min: 0, max: 2_500 });

const issue = fc.record({
  act: fc.constant('issue' as const),
  amounts: fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 2 }),
  isMapped: fc.constantFrom(true, true, true, false),
});

const storyAct: fc.Arbitrary<StoryAct> = fc.oneof(
  { weight: 6, arbitrary: issue },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('void' as const, 'loseDispute' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('credit' as const), which, percent: fc.integer({ min: 1, max: 99 }) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('creditAll' as const, 'voidNote' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constantFrom('loseAddress' as const, 'move' as const, 'nextCustomer' as const) }),
  },
);

/** What Anrok may answer, or not. */
export const ANROK_FAULTS: readonly SerialisableFault[] = [
  { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'garbage' },
  { kind: 'slow', delayMs: 1_500 },
  { kind: 'slow', delayMs: 8_000 },
  { kind: 'reset' },
  { kind: 'timeout' },
  { kind: 'stall' },
  { kind: 'truncate' },
  { kind: 'loseAnswer', by: 'reset' },
  { kind: 'loseAnswer', by: 'timeout' },
  { kind: 'loseAnswer', by: 'status' },
];

const kill = fc.record({ act: fc.constant('kill' as const), which, awayMs });
const stop = fc.record({ act: fc.constant('stop' as const), which, awayMs });
const crashPostgres = fc.record({ act: fc.constant('crashPostgres' as const), awayMs });
const crashSimulator = fc.record({ act: fc.constant('crashSimulator' as const), awayMs });
const crashRedis = fc.record({ act: fc.constant('crashRedis' as const), awayMs });
const flushRedis = fc.record({ act: fc.constant('flushRedis' as const) });
const cutConnections = fc.record({
  act: fc.constant('cutConnections' as const),
  percent: fc.integer({ min: 20, max: 100 }),
});
const jumpClock = fc.record({
  act: fc.constant('jumpClock' as const),
  which,
  offsetMs: fc.integer({ min: -15_000, max: 15_000 }),
});
const freeze = fc.record({ act: fc.constant('freeze' as const) });
const unfreeze = fc.record({ act: fc.constant('unfreeze' as const) });
const times = fc.integer({ min: 1, max: 4 });
const breakAnrok = fc.record({
  act: fc.constant('breakAnrok' as const),
  fault: fc.constantFrom(...ANROK_FAULTS),
  times,
});
const deploy = fc.record({ act: fc.constant('deploy' as const) });
const resync = fc.record({ act: fc.constant('resync' as const) });

const anySabotage: fc.Arbitrary<SabotageAct> = fc.oneof(
  { weight: 4, arbitrary: kill },
  { weight: 2, arbitrary: stop },
  { weight: 6, arbitrary: breakAnrok },
  { weight: 2, arbitrary: cutConnections },
  { weight: 2, arbitrary: jumpClock },
  { weight: 1, arbitrary: crashPostgres },
  { weight: 1, arbitrary: crashSimulator },
  { weight: 1, arbitrary: crashRedis },
  { weight: 1, arbitrary: flushRedis },
  { weight: 1, arbitrary: freeze },
  { weight: 2, arbitrary: unfreeze },
  { weight: 1, arbitrary: deploy },
  { weight: 1, arbitrary: resync },
);

/** One of everything, in any order, so that no run leaves anything out. */
const oneOfEach = fc
  .tuple(
    kill,
    stop,
    crashPostgres,
    crashSimulator,
    crashRedis,
    flushRedis,
    cutConnections,
    jumpClock,
    freeze,
    unfreeze,
    deploy,
    resync,
    resync,
    ...ANROK_FAULTS.map((fault) =>
      fc.record({ act: fc.constant('breakAnrok' as const), fault: fc.constant(fault), times }),
    ),
    ...POISONS.map((poison) => fc.constant({ act: 'poison' as const, poison })),
  )
  .chain((all: readonly SabotageAct[]) => fc.shuffledSubarray([...all], { minLength: all.length }));

/** As much as fits into this time and more; the same for the same seed. */
export function planFaults(seed: number, seconds: number): FaultPlan {
  const story = fc.array(storyAct, { minLength: seconds * 10, maxLength: seconds * 10, size: 'max' });
  const others = fc.array(anySabotage, { minLength: seconds, maxLength: seconds, size: 'max' });
  const plan = fc.record({
    overRedis: fc.boolean(),
    stories: fc.array(story, { minLength: STORIES, maxLength: STORIES }),
    sabotage: fc
      .tuple(oneOfEach, others)
      .chain((acts) =>
        fc.tuple(
          ...acts
            .flat()
            .map((act) => fc.record({ pauseMs: fc.integer({ min: 200, max: 1_600 }), act: fc.constant(act) })),
        ),
      ),
  });
  return fc.sample(plan, { seed, numRuns: 1 })[0]!;
}
