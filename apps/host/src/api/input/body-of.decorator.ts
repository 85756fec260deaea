import { BadRequestException, createParamDecorator, type ExecutionContext } from '@nestjs/common';

/**
 * The part of the body that holds the resource: `{ "customer": { … } }`.
 *
 * @throws BadRequestException when it is not there
 */
export const BodyOf = createParamDecorator((resource: string, context: ExecutionContext): object => {
  const { body } = context.switchToHttp().getRequest<{ body: unknown }>();
  const part = isObject(body) && Object.hasOwn(body, resource) ? body[resource as keyof typeof body] : undefined;
  if (!isObject(part)) throw new BadRequestException(`param is missing or the value is empty: ${resource}`);
  return part;
});

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
