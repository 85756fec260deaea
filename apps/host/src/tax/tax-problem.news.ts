import type { DocumentProblem } from '@anrok-nest/module';
import type { TaxProblem } from '@anrok-nest/tax';

/**
 * Whether a problem is worth telling: the document waits for somebody, or is given up, and that is not what was told of
 * it the last time. What heals by itself is not.
 *
 * @param last why the try before this one failed; null when it did not
 */
export function isNews(problem: DocumentProblem, last: TaxProblem | null | undefined): boolean {
  if (problem.next === 'retrying') return false;
  // the tries before said the same, but each of them that another would follow
  if (problem.retry === 'later') return true;
  return problem.code !== last?.code || problem.message !== last.message;
}
