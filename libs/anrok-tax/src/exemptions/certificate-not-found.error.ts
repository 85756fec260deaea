import { TaxError } from '@anrok-nest/tax';

/** There is none of that id, or it is another customer's. */
export class CertificateNotFoundError extends TaxError {
  constructor(customerId: string, certificateId: string) {
    super({
      code: 'certificate_not_found',
      message: `Customer ${customerId} has no exemption certificate ${certificateId}.`,
      remedy: "Take the id from the list of the customer's certificates.",
      retry: 'never',
      details: { customerId, certificateId },
    });
  }
}
