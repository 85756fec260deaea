import type { AnrokComputedLine, AnrokComputedTransaction } from '@anrok-nest/client';
import { isDecimalString, type MinorUnits } from '@anrok-nest/tax';
import { z } from 'zod';
import { toCollectable } from '../mapping/to-tax-calculation.js';
import type { EstimateQuestion, QuestionLine } from './estimate-question.js';

/** To be raised with every change of the form: what is stored in another one is not known. */
const VERSION = 1;

/** What Anrok answered to a question, line by line, in the form in which it is kept: plain JSON. */
export interface KnownAnswer {
  readonly version: typeof VERSION;
  /** Of what may change unseen, as they were before Anrok was asked: the answer counts for as long as they last. */
  readonly epochs: readonly string[];
  /** Milliseconds since 1970. */
  readonly answeredAt: number;
  readonly lines: readonly KnownLine[];
}

export interface KnownLine extends Pick<QuestionLine, 'kind' | 'taxIncluded'> {
  readonly amount: MinorUnits;
  readonly answer: AnrokComputedLine;
}

/** @param answers to all lines of the question in their order, which the client checks */
export function toKnownAnswer(
  question: Pick<EstimateQuestion, 'lines'>,
  answers: readonly AnrokComputedTransaction[],
  epochs: readonly string[],
  now: Date,
): KnownAnswer {
  const answered = answers.flatMap(toCollectable);
  const lines = question.lines.map(({ kind, taxIncluded, amount }, index) => {
    const { line, taxAmountToCollect } = answered[index]!;
    return { kind, taxIncluded, amount, answer: { ...line, taxAmountToCollect } };
  });
  return { version: VERSION, epochs, answeredAt: now.getTime(), lines };
}

const checked = new WeakMap<object, KnownAnswer>();

/** What is stored, if it is an answer in this form. Checked once: what was found to be one must not be changed. */
export function readKnownAnswer(stored: unknown): KnownAnswer | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const known = checked.get(stored) ?? knownAnswer.safeParse(stored).data;
  if (known) checked.set(stored, known);
  return known;
}

const decimal = z.string().refine(isDecimalString);
const tax = z.object({ taxName: z.string(), taxableAmount: decimal, taxAmount: decimal, taxRate: decimal });
const reason = z.object({ type: z.string(), reason: z.object({ type: z.string() }).nullable() });
const juris = z.object({ name: z.string(), taxes: z.array(tax).nullable(), notTaxedReason: reason.nullable() });
const answer = z.object({
  id: z.string().nullable(),
  taxAmountToCollect: z.int(),
  preTaxAmount: decimal,
  jurises: z.array(juris),
});
const knownAnswer: z.ZodType<KnownAnswer> = z.object({
  version: z.literal(VERSION),
  epochs: z.array(z.string()),
  answeredAt: z.number(),
  lines: z.array(z.object({ kind: z.string(), taxIncluded: z.boolean(), amount: z.int(), answer })),
});
