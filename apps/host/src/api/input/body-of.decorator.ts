import { BadRequestException, createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Far deeper than any resource; checks and transformations go down to the ground of what they get. */
const DEEPEST = 32;

/**
 * The part of the body that holds the resource: `{ "customer": { … } }`.
 *
 * @throws BadRequestException when it is not there, or nested so deeply that it would exhaust the stack
 */
export const BodyOf = createParamDecorator((resource: string, context: ExecutionContext): object => {
  const { body } = context.switchToHttp().getRequest<{ body: unknown }>();
  const part = isObject(body) && Object.hasOwn(body, resource) ? body[resource as keyof typeof body] : undefined;
  if (!isObject(part)) throw new BadRequestException(`param is missing or the value is empty: ${resource}`);
  if (isDeeperThan(DEEPEST, part)) throw new BadRequestException(`param is nested too deeply: ${resource}`);
  return part;
});

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
