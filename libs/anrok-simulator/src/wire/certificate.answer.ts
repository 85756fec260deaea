import type { Certificate, SellerBooks } from '../books/seller.books.js';
import type { IsoDate } from '../tax/jurisdiction.js';

export const CERTIFICATE_STATUSES = ['active', 'expiringSoon', 'expired', 'archived'] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number];

const SOON_IN_DAYS = 60;

export function certificateStatus({ isArchived, jurises }: Certificate, now: Date): CertificateStatus {
  if (isArchived) return 'archived';
  const dayIn = (days: number): IsoDate => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const hasEndedBy = (date: IsoDate) => (juris: { effectiveDateEndi: IsoDate | null }) =>
    juris.effectiveDateEndi !== null && juris.effectiveDateEndi < date;
  if (jurises.every(hasEndedBy(dayIn(0)))) return 'expired';
  return jurises.some(hasEndedBy(dayIn(SOON_IN_DAYS))) ? 'expiringSoon' : 'active';
}

export function toCertificateAnswer(certificate: Certificate, books: SellerBooks, now: Date): object {
  const ends = certificate.jurises.flatMap(({ effectiveDateEndi }) => effectiveDateEndi ?? []).toSorted();
  return {
    id: certificate.id,
    status: certificateStatus(certificate, now),
    customerId: certificate.customerId,
    customerName: books.customers.find(certificate.customerId)?.name ?? '',
    createdTime: certificate.createdTime,
    effectiveDateBegin: certificate.effectiveDateBegin,
    expiryDate: ends[0] ?? null,
    exemptionNumber: certificate.exemptionNumber,
    notes: certificate.notes,
    jurises: certificate.jurises,
  };
}
