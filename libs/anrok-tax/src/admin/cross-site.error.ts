import { TaxError } from '@anrok-nest/tax';

/** A page of another site wanted to change something with the credentials of whoever looks at it. */
export class CrossSiteRequestError extends TaxError {
  constructor() {
    super({
      code: 'cross_site_request',
      message: 'The request comes from a page of another site.',
      remedy: 'Use the pages of this host, or send the request from a program.',
      retry: 'never',
      details: {},
    });
  }
}
