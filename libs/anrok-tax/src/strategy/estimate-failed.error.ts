import type { AnrokError } from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';

/** Anrok refused an estimate or did not answer in time. The code and the sentences are those of the cause. */
export class EstimateFailedError extends TaxError {
  constructor(problem: TaxProblem, cause: AnrokError) {
    super(problem, { cause });
  }
}
