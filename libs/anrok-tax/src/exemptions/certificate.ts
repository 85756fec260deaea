import type { AnrokCertificateStatus } from '@anrok-nest/client';
import type { IsoDate } from '@anrok-nest/tax';

/** A certificate to be kept at Anrok: the customer is exempt in these jurisdictions, and this document proves it. */
export interface NewCertificate {
  /** The host's id. */
  readonly customerId: string;
  /** Under which Anrok creates the customer, should it not have it yet. Default: the id. */
  readonly customerName?: string;
  /** An image or a PDF, and its name says which. Goes to Anrok and nowhere else: not into a row, a log or an error. */
  readonly file: { readonly name: string; readonly contents: Uint8Array };
  /** The first day on which it exempts. */
  readonly effectiveFrom: IsoDate;
  /** For display. */
  readonly exemptionNumber?: string;
  readonly notes?: string;
  /** At least one. */
  readonly jurisdictions: readonly NewCertificateJurisdiction[];
}

export interface NewCertificateJurisdiction {
  /** A US state or territory, such as `us-MA`. */
  readonly id: `us-${string}`;
  readonly registrationId?: string;
  /** The last day on which it exempts there; never ends when absent. */
  readonly expiresOn?: IsoDate;
  readonly notes?: string;
}

export type CertificateStatus = AnrokCertificateStatus;

/** A certificate as Anrok has it. Texts that were not given are empty. */
export interface Certificate {
  /** At Anrok. */
  readonly id: string;
  /** The host's id. */
  readonly customerId: string;
  /** `expiringSoon`: within 60 days somewhere. `expired`: everywhere. */
  readonly status: CertificateStatus;
  readonly createdAt: Date;
  readonly effectiveFrom: IsoDate;
  /** The earliest of its jurisdictions; null when it never ends. */
  readonly expiresOn: IsoDate | null;
  readonly exemptionNumber: string;
  readonly notes: string;
  readonly jurisdictions: readonly CertificateJurisdiction[];
}

export interface CertificateJurisdiction {
  readonly id: string;
  readonly registrationId: string;
  readonly expiresOn: IsoDate | null;
  readonly notes: string;
}

/** Asks a customer for a certificate. */
export interface NewCertificateRequest {
  /** The host's id. */
  readonly customerId: string;
  /** Under which Anrok creates the customer, should it not have it yet. Default: the id. */
  readonly customerName?: string;
  readonly emailAddress: string;
  /** Default true: Anrok writes to the customer. Otherwise hand over the link yourself. */
  readonly sendEmail?: boolean;
}

export interface CertificateRequest {
  /** At Anrok. */
  readonly id: string;
  /** Where the customer uploads the certificate. */
  readonly link: string;
}
