import { applyDecorators, Controller, UseFilters, UseGuards, UsePipes, ValidationPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AdminGuard } from './admin.guard.js';
import { InvalidRequestError } from './invalid-request.error.js';
import { PlainTextPipe } from './plain-text.pipe.js';
import { ProblemFilter } from './problem.filter.js';

/** A controller of the admin API: guarded, its input checked strictly, its errors problem+json. */
export function AdminApi(route: string): ClassDecorator {
  return applyDecorators(
    Controller(`api/${route}`),
    ApiTags(route.split('/')[0]!),
    UseGuards(AdminGuard),
    UseFilters(ProblemFilter),
    UsePipes(
      new PlainTextPipe(),
      new ValidationPipe({
        whitelist: true,
        forbidNonWhitelisted: true,
        transform: true,
        exceptionFactory: (errors) => new InvalidRequestError(errors),
      }),
    ),
  );
}
