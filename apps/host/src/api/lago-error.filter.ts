import { toLoggable } from '@anrok-nest/tax';
import { type ArgumentsHost, Catch, HttpException, Logger } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { API_PATH } from './lago.controller.js';
import { toLagoError } from './lago-error.js';

/**
 * Answers errors under the API's path, and leaves all others to Nest. Global, because a malformed body and an unknown
 * path fail before any controller is found.
 */
@Catch()
export class LagoErrorFilter extends BaseExceptionFilter {
  private readonly logger = new Logger(LagoErrorFilter.name);

  constructor(private readonly adapter: HttpAdapterHost) {
    super(adapter.httpAdapter);
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const { httpAdapter } = this.adapter;
    const [request, response] = host.getArgs<[unknown, unknown]>();
    const isOurs = String(httpAdapter.getRequestUrl(request)).startsWith(`/${API_PATH}/`);
    // oxlint-disable-next-line promise/valid-params -- the catch of a filter, not of a promise
    if (!isOurs) return super.catch(this.known(exception), host);
    const error = toLagoError(exception);
    if (error.status >= 500) this.report(exception);
    httpAdapter.reply(response, error, error.status);
  }

  /** Nest would log what it does not know with its message. */
  private known(exception: unknown): unknown {
    if (exception instanceof HttpException || this.isHttpError(exception)) return exception;
    this.report(exception);
    return new HttpException('Internal server error', 500);
  }

  private report(exception: unknown): void {
    const { stack, ...what } = toLoggable(exception);
    this.logger.error('A request failed', what, stack);
  }
}
