import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { placeOf } from './page-entrance.guard.js';

/** Where the page is: a `PagePlace`. */
export const Place = createParamDecorator((_: unknown, context: ExecutionContext) =>
  placeOf(context.switchToHttp().getRequest<object>()),
);
