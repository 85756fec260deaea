import { TaxError } from '@anrok-nest/tax';
import type { ValidationError } from 'class-validator';

/** What was sent to the admin API isn't what it takes. */
export class InvalidRequestError extends TaxError {
  constructor(errors: readonly ValidationError[]) {
    const fields = flatten(errors);
    super({
      code: 'invalid_request',
      message: `The request is not valid: ${Object.values(fields).flat().join('; ')}.`,
      remedy: 'Correct the fields that are named, and send it again.',
      retry: 'never',
      details: { fields },
    });
  }
}

/** Field path → what is wrong with it. */
function flatten(errors: readonly ValidationError[], path = ''): Record<string, string[]> {
  return Object.assign(
    {},
    ...errors.map((error) => ({
      ...(error.constraints && { [`${path}${error.property}`]: Object.values(error.constraints) }),
      ...flatten(error.children ?? [], `${path}${error.property}.`),
    })),
  ) as Record<string, string[]>;
}
