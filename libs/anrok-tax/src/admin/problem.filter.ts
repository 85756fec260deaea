import { AnrokError } from '@anrok-nest/client';
import { TaxError, type TaxProblem, toLoggable } from '@anrok-nest/tax';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { HttpRefusalError } from './http-refusal.error.js';
import { InternalError } from './internal.error.js';
import { toStatus } from './problem-status.js';

/** RFC 9457, with the code and the remedy of the catalogue. */
interface ProblemDetails {
  readonly type: 'about:blank';
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly remedy: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Every error of the admin API as problem+json: a sentence and what to do next, never a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  constructor(private readonly adapters: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = this.toProblem(error);
    const response: unknown = host.switchToHttp().getResponse();
    const { httpAdapter } = this.adapters;
    httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json');
    httpAdapter.reply(response, problem, problem.status);
  }

  private toProblem(error: unknown): ProblemDetails {
    if (error instanceof TaxError) return fromTaxProblem(error.problem);
    if (error instanceof AnrokError) return fromTaxProblem(toTaxProblem(error));
    if (error instanceof HttpException) {
      const status = error.getStatus();
      return fromTaxProblem(new HttpRefusalError(status, error.message).problem, status);
    }
    const { stack, ...what } = toLoggable(error);
    this.log.error('The admin API failed', what, stack);
    return fromTaxProblem(new InternalError().problem, 500);
  }
}

function fromTaxProblem(problem: TaxProblem, status = toStatus(problem.code, problem.retry)): ProblemDetails {
  const { code, message, remedy, details } = problem;
  return { type: 'about:blank', status, title: code.replaceAll('_', ' '), detail: message, code, remedy, details };
}
