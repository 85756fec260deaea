import { toLoggable } from '@anrok-nest/tax';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { toRefusal } from '../../admin/to-refusal.js';
import { DASHBOARD_OPTIONS, type DashboardOptions } from './dashboard.options.js';
import { placeOf } from './page-entrance.guard.js';
import { RefusalPage } from './refusal.page.js';

/** Every error as a page: what happened, what to do, and the way back. Whoever is not signed in is sent to do so. */
@Catch()
export class PageFilter implements ExceptionFilter {
  private readonly log = new Logger(PageFilter.name);

  constructor(
    private readonly adapters: HttpAdapterHost,
    @Inject(DASHBOARD_OPTIONS) private readonly options: DashboardOptions,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { problem, status, isInternal } = toRefusal(error);
    if (isInternal) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('The dashboard failed', what, stack);
    }
    const http = host.switchToHttp();
    const [request, response] = [http.getRequest<object>(), http.getResponse<object>()];
    const { httpAdapter } = this.adapters;
    const { signIn } = this.options;
    if (status === 401 && signIn !== null && httpAdapter.getRequestMethod(request) === 'GET') {
      const next = encodeURIComponent(httpAdapter.getRequestUrl(request) as string);
      httpAdapter.redirect(response, 303, `${signIn}?next=${next}`);
      return;
    }
    httpAdapter.reply(response, RefusalPage({ place: placeOf(request), problem, status, signIn }), status);
  }
}
