import {
  applyDecorators,
  Controller,
  HttpCode,
  Redirect,
  UseFilters,
  UseGuards,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { AdminGuard } from '../../admin/admin.guard.js';
import { InvalidRequestError } from '../../admin/invalid-request.error.js';
import { PlainTextPipe } from '../../admin/plain-text.pipe.js';
import { BlankFieldsPipe } from './blank-fields.pipe.js';
import { PageEntrance } from './page-entrance.guard.js';
import { PageFilter } from './page.filter.js';

/**
 * A controller of the dashboard: its handlers answer with a page, or, where they carry `@SeeOther()`, with where to go
 * on. Guarded like the admin API, its errors pages themselves.
 */
export function DashboardPage(route = ''): ClassDecorator {
  return applyDecorators(
    Controller(route),
    UseGuards(PageEntrance, AdminGuard),
    UseFilters(PageFilter),
    UsePipes(
      new PlainTextPipe(),
      new BlankFieldsPipe(),
      new ValidationPipe({
        // addresses carry a notice too
        whitelist: true,
        transform: true,
        exceptionFactory: (errors) => new InvalidRequestError(errors),
      }),
    ),
  );
}

/** For a form's handler, which answers `place.afterwards(…)`: going back or reloading does not send the form again. */
export function SeeOther(): MethodDecorator {
  return applyDecorators(HttpCode(303), Redirect('', 303));
}
