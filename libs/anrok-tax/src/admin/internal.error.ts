import { TaxError } from '@anrok-nest/tax';

/** A fault of this module's or the host's; what it was stands in the log only. */
export class InternalError extends TaxError {
  constructor() {
    super({
      code: 'internal_error',
      message: 'The request could not be carried out.',
      remedy: 'Try again; if it stays, look for the error in the log.',
      retry: 'later',
      details: {},
    });
  }
}
