import { TaxError } from '@anrok-nest/tax';

/** Somebody before the admin API refused the request: the host's guard, as a rule. */
export class HttpRefusalError extends TaxError {
  constructor(status: number, message: string) {
    super({
      code: `http_${status}`,
      message,
      remedy: 'Send the request as the admin API describes it, with credentials that the host accepts.',
      retry: 'never',
      details: {},
    });
  }
}
