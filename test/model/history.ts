import fc from 'fast-check';

/** Something that happens to the billing of a customer, or around it. Numbers pick one of what there is. */
export type Act =
  | {
      readonly act: 'issue';
      readonly amounts: readonly number[];
      readonly item: 'mapped' | 'unmapped';
      readonly currency: 'USD' | 'EUR' | 'JPY';
      readonly isDraft: boolean;
    }
  | { readonly act: 'correct'; readonly which: number; readonly amounts: readonly number[] }
  | { readonly act: 'finalize' | 'void' | 'loseDispute' | 'forget'; readonly which: number }
  | { readonly act: 'credit'; readonly which: number; readonly share: number }
  | { readonly act: 'creditRest' | 'voidCredit'; readonly which: number }
  | { readonly act: 'askAgain'; readonly which: number }
  | { readonly act: 'work' | 'freeze' | 'unfreeze' | 'breakKey' | 'mendKey' | 'mapItem' | 'remapItem' }
  | { readonly act: 'loseAddress' | 'move' | 'unlink' | 'link' }
  | { readonly act: 'wait'; readonly seconds: number }
  | { readonly act: 'fault'; readonly fault: FaultName; readonly times: number }
  /** The process dies while Anrok works on a request. */
  | { readonly act: 'crash' };

export const FAULTS = {
  refused: { kind: 'status', status: 503 },
  limited: { kind: 'status', status: 429 },
  lost: { kind: 'loseAnswer', by: 'reset' },
  reset: { kind: 'reset' },
  page: { kind: 'garbage' },
  half: { kind: 'truncate' },
} as const;
export type FaultName = keyof typeof FAULTS;

const which = fc.nat({ max: 5 });
const amounts = fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 3 });

const issue: fc.Arbitrary<Act> = fc.record({
  act: fc.constant('issue' as const),
  amounts,
  item: fc.constantFrom('mapped' as const, 'mapped' as const, 'unmapped' as const),
  currency: fc.constantFrom('USD' as const, 'USD' as const, 'EUR' as const, 'JPY' as const),
  isDraft: fc.constantFrom(false, false, true),
});

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: issue },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('correct' as const), which, amounts }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('finalize' as const), which }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('void' as const, 'loseDispute' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('forget' as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('credit' as const), which, share: fc.integer({ min: 1, max: 100 }) }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('creditRest' as const, 'voidCredit' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('askAgain' as const), which }) },
  { weight: 8, arbitrary: fc.record({ act: fc.constant('work' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constantFrom('freeze' as const, 'unfreeze' as const, 'mapItem' as const, 'remapItem' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('breakKey' as const, 'mendKey' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('loseAddress' as const, 'move' as const, 'unlink' as const, 'link' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 90 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('fault' as const),
      fault: fc.constantFrom(...(Object.keys(FAULTS) as FaultName[])),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('crash' as const) }) },
);

/** Begins with an invoice, because nothing else happens without one. */
export const anyHistory: fc.Arbitrary<Act[]> = fc
  .tuple(issue, fc.array(anyAct, { minLength: 3, maxLength: 18 }))
  .map(([first, others]) => [first, ...others]);
