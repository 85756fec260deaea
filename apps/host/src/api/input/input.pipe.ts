import { type ArgumentMetadata, BadRequestException, type ValidationError, ValidationPipe } from '@nestjs/common';
import { InvalidInputError } from '../../billing/index.js';

/** Far deeper than any resource; checking and transforming go down to the ground of what they get. */
const DEEPEST = 32;

class InputPipe extends ValidationPipe {
  /** @throws BadRequestException where it is nested so deeply that it would exhaust the stack */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (isDeeperThan(DEEPEST, value)) throw new BadRequestException('the request is nested too deeply');
    return super.transform(value, metadata);
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item));
}

/** Checks types, and drops what is unknown: callers may send fields of features that this billing doesn't have. */
export const inputPipe = new InputPipe({
  transform: true,
  whitelist: true,
  validateCustomDecorators: true,
  exceptionFactory: (errors) => new InvalidInputError(Object.fromEntries(errors.flatMap((error) => problemsOf(error)))),
});

/** Words for what only a value of the right type can get wrong; for all else the value is invalid. */
const PROBLEMS: Readonly<Record<string, string>> = {
  isEmail: 'invalid_email_format',
  isISO31661Alpha2: 'not_a_valid_country_code',
  isHttpUrl: 'url_invalid',
  maxLength: 'value_is_too_long',
  arrayNotEmpty: 'value_is_mandatory',
  arrayMaxSize: 'value_is_too_long',
  min: 'value_is_out_of_range',
  max: 'value_is_out_of_range',
};

/** `fees[0].units` out of a tree of errors. What is wrong as a whole has no parts to speak of. */
function problemsOf(error: ValidationError, parent = ''): [path: string, problems: string[]][] {
  const path = /^\d+$/.test(error.property) ? `${parent}[${error.property}]` : join(parent, error.property);
  if (error.constraints) return [[path, [problemOf(Object.keys(error.constraints))]]];
  return (error.children ?? []).flatMap((child) => problemsOf(child, path));
}

/** A missing or mistyped value breaks every other rule too: the one that tells most is named. */
function problemOf(broken: readonly string[]): string {
  if (broken.includes('isNotEmpty')) return 'value_is_mandatory';
  if (broken.some((rule) => !(rule in PROBLEMS))) return 'value_is_invalid';
  return PROBLEMS[broken[0]!]!;
}

function join(parent: string, property: string): string {
  return parent === '' ? property : `${parent}.${property}`;
}
