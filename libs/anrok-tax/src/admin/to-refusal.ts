import { AnrokError } from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';
import { HttpException } from '@nestjs/common';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { HttpRefusalError } from './http-refusal.error.js';
import { InternalError } from './internal.error.js';
import { toStatus } from './problem-status.js';

export interface Refusal {
  readonly status: number;
  readonly problem: TaxProblem;
  /** Whether it is nobody's but the program's fault: what it was is for the log only. */
  readonly isInternal: boolean;
}

/** What whoever asked is told of an error, whatever it is. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof TaxError) return refused(error.problem);
  if (error instanceof AnrokError) return refused(toTaxProblem(error));
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return refused(new HttpRefusalError(status, error.message).problem, status);
  }
  return { status: 500, problem: new InternalError().problem, isInternal: true };
}

function refused(problem: TaxProblem, status = toStatus(problem.code, problem.retry)): Refusal {
  return { status, problem, isInternal: false };
}
