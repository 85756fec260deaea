import { z } from 'zod';

/** Asks a customer for an exemption certificate. */
export interface AnrokCertificateRequestDraft {
  readonly customerId: string;
  /** With it, the customer is created if there is none. */
  readonly customerName?: string;
  readonly emailAddress: string;
  /** Default: true. Otherwise hand over `requestLink` yourself. */
  readonly sendEmail?: boolean;
}

export interface AnrokCertificateRequest {
  readonly requestId: string;
  /** Where the customer uploads the certificate. */
  readonly requestLink: string;
}

export const certificateRequest: z.ZodType<AnrokCertificateRequest> = z.object({
  requestId: z.string(),
  requestLink: z.string(),
});
