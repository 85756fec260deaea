import { z } from 'zod';
import { type IsoDate, type OpenWord, textOrNull } from './scalars.js';

export interface AnrokCertificateDraft {
  readonly customerId: string;
  /** With it, the customer is created if there is none. */
  readonly customerName?: string;
  readonly effectiveDateBegin: IsoDate;
  /** For display only. */
  readonly exemptionNumber?: string;
  readonly notes?: string;
  readonly certificateFile: {
    readonly name: string;
    /** A secret: never in an exchange, an error or a log. */
    readonly contentsBase64: string;
  };
  readonly jurises: readonly AnrokCertificateJurisDraft[];
}

export interface AnrokCertificateJurisDraft {
  /** A US state or territory: "us-MA". */
  readonly jurisId: `us-${string}`;
  readonly registrationId?: string;
  /** When it expires there. The last letter is no slip of ours: Anrok's API spells it so. */
  readonly effectiveDateEndi?: IsoDate;
  readonly notes?: string;
}

export type AnrokCertificateStatus = OpenWord<'active' | 'expiringSoon' | 'expired' | 'archived'>;

export interface AnrokCertificate {
  readonly id: string;
  /** `expiringSoon`: within 60 days somewhere. `expired`: everywhere. */
  readonly status: AnrokCertificateStatus;
  readonly customerId: string;
  readonly customerName: string;
  /** ISO 8601 date-time. */
  readonly createdTime: string;
  readonly effectiveDateBegin: IsoDate;
  /** The earliest expiry of all jurisdictions; null when it never expires. */
  readonly expiryDate: IsoDate | null;
  readonly exemptionNumber: string;
  readonly notes: string;
  readonly jurises: readonly AnrokCertificateJuris[];
}

export interface AnrokCertificateJuris {
  readonly jurisId: string;
  readonly registrationId: string;
  /** Anrok's spelling. Null when it doesn't expire there. */
  readonly effectiveDateEndi: IsoDate | null;
  readonly notes: string;
}

export interface AnrokCertificateFilter {
  readonly customerId?: string;
  readonly status?: AnrokCertificateStatus;
}

export const certificate: z.ZodType<AnrokCertificate> = z.object({
  id: z.string(),
  status: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  createdTime: z.string(),
  effectiveDateBegin: z.string(),
  expiryDate: textOrNull,
  exemptionNumber: z.string(),
  notes: z.string(),
  jurises: z.array(
    z.object({
      jurisId: z.string(),
      registrationId: z.string(),
      effectiveDateEndi: textOrNull,
      notes: z.string(),
    }),
  ),
});

export const createdCertificate: z.ZodType<{ readonly id: string }> = z.object({ id: z.string() });
