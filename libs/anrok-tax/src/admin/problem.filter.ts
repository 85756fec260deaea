import { type TaxProblem, toLoggable } from '@anrok-nest/tax';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { toRefusal } from './to-refusal.js';

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
    const { problem, status, isInternal } = toRefusal(error);
    if (isInternal) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('The admin API failed', what, stack);
    }
    const response: unknown = host.switchToHttp().getResponse();
    const { httpAdapter } = this.adapters;
    httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json');
    httpAdapter.reply(response, toDetails(problem, status), status);
  }
}

function toDetails({ code, message, remedy, details }: TaxProblem, status: number): ProblemDetails {
  return { type: 'about:blank', status, title: code.replaceAll('_', ' '), detail: message, code, remedy, details };
}
