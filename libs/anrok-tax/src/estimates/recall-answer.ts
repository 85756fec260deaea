import type { AnrokComputedLine, AnrokComputedTransaction } from '@anrok-nest/client';
import { sumOf } from '@anrok-nest/tax';
import { atAmount } from './effective-rates.js';
import type { EstimateQuestion, QuestionLine } from './estimate-question.js';
import type { KnownAnswer, KnownLine } from './known-answer.js';

export interface RecalledAnswer extends Pick<AnrokComputedTransaction, 'lineItems' | 'taxAmountToCollect'> {
  /** Whether it is the known answer itself: every line was asked about before, in the same amount. */
  readonly isSame: boolean;
}

/**
 * The answer to a question by what is known of the same content. Lines are matched by id: one that was answered in the
 * same amount keeps its answer, every other one is taxed by the rates of the largest line of its kind, which tells them
 * best. Undefined where only Anrok can answer.
 */
export function recallAnswer(
  known: Pick<KnownAnswer, 'lines'>,
  question: Pick<EstimateQuestion, 'lines'>,
): RecalledAnswer | undefined {
  const byId = new Map(known.lines.map((line) => [line.answer.id, line]));
  const byKind = largestByKind(known.lines);
  const isKnown = (asked: QuestionLine) => isAs(byId.get(asked.id), asked);
  const lineItems: AnrokComputedLine[] = [];
  for (const asked of question.lines) {
    const reference = isKnown(asked) ? byId.get(asked.id) : byKind.get(asked.kind);
    const answer =
      reference && (reference.amount === asked.amount ? reference.answer : atAmount(reference, asked.amount));
    if (!answer) return undefined;
    lineItems.push({ ...answer, id: asked.id });
  }
  return {
    lineItems,
    taxAmountToCollect: sumOf(lineItems.map((line) => line.taxAmountToCollect)),
    isSame: known.lines.length === question.lines.length && question.lines.every(isKnown),
  };
}

function isAs(known: KnownLine | undefined, { kind, amount }: QuestionLine): boolean {
  return known?.kind === kind && known.amount === amount;
}

function largestByKind(lines: readonly KnownLine[]): ReadonlyMap<string, KnownLine> {
  const largest = new Map<string, KnownLine>();
  for (const line of lines) {
    const found = largest.get(line.kind);
    if (!found || Math.abs(line.amount) > Math.abs(found.amount)) largest.set(line.kind, line);
  }
  return largest;
}
