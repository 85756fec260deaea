import { TaxError, type TaxProblem } from '@anrok-nest/tax';

/** What was answered to a question, or why it was not: for a page that shows the rest all the same. */
export type Answer<T> = { readonly value: T } | { readonly problem: TaxProblem };

export async function answerOf<T>(question: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await question };
  } catch (error) {
    if (error instanceof TaxError) return { problem: error.problem };
    throw error;
  }
}
