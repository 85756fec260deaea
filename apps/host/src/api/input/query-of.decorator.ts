import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** The query, with `statuses[]=…` read as `statuses=…`: clients write lists in either way. */
export const QueryOf = createParamDecorator((_: unknown, context: ExecutionContext): object => {
  const { query } = context.switchToHttp().getRequest<{ query: Record<string, unknown> }>();
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name.replace(/\[\]$/, ''), value]));
});
