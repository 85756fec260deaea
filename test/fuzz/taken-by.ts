import type { ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';

/** A request as guards, interceptors and decorators of parameters meet it. */
export function contextOf(request: object): ExecutionContext {
  return new ExecutionContextHost([request]);
}

/** What a decorator of a parameter, `@BodyOf('plan')`, gives a handler of a request. */
export function takenBy(decorator: ParameterDecorator, request: object): unknown {
  class Handlers {
    handle() {}
  }
  decorator(Handlers.prototype, 'handle', 0);
  const parameters = Reflect.getMetadata('__routeArguments__', Handlers, 'handle') as Record<string, Parameter>;
  const [{ data, factory }] = Object.values(parameters) as [Parameter];
  return factory(data, contextOf(request));
}

interface Parameter {
  readonly data: unknown;
  readonly factory: (data: unknown, context: ExecutionContext) => unknown;
}
