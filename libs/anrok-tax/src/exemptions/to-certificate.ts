import type { AnrokCertificate, AnrokCertificateDraft } from '@anrok-nest/client';
import type { CustomerLink } from '../connection/customer-link.entity.js';
import type { Certificate, NewCertificate } from './certificate.js';

type Link = Pick<CustomerLink, 'anrokCustomerId' | 'createAtAnrok'>;

/**
 * Whom a request is about. With a name Anrok creates the customer if it has none, so there is one only where that is
 * meant: a link to a customer that Anrok lacks is a mistake that has to show.
 */
export function toAnrokCustomer(
  { customerId, customerName }: Pick<NewCertificate, 'customerId' | 'customerName'>,
  { anrokCustomerId, createAtAnrok }: Link,
): { customerId: string; customerName?: string } {
  return { customerId: anrokCustomerId, ...(createAtAnrok && { customerName: customerName?.trim() || customerId }) };
}

export function toAnrokCertificate(certificate: NewCertificate, link: Link): AnrokCertificateDraft {
  const { file, effectiveFrom, exemptionNumber, notes, jurisdictions } = certificate;
  return {
    ...toAnrokCustomer(certificate, link),
    effectiveDateBegin: effectiveFrom,
    ...(exemptionNumber !== undefined && { exemptionNumber }),
    ...(notes !== undefined && { notes }),
    certificateFile: { name: file.name, contentsBase64: Buffer.from(file.contents).toString('base64') },
    jurises: jurisdictions.map(({ id, registrationId, expiresOn, notes: note }) => ({
      jurisId: id,
      ...(registrationId !== undefined && { registrationId }),
      ...(expiresOn !== undefined && { effectiveDateEndi: expiresOn }),
      ...(note !== undefined && { notes: note }),
    })),
  };
}

/** @param customerId the host's */
export function toCertificate(answer: AnrokCertificate, customerId: string): Certificate {
  const { id, status, createdTime, effectiveDateBegin, expiryDate, exemptionNumber, notes, jurises } = answer;
  return {
    id,
    customerId,
    status,
    createdAt: new Date(createdTime),
    effectiveFrom: effectiveDateBegin,
    expiresOn: expiryDate,
    exemptionNumber,
    notes,
    jurisdictions: jurises.map((juris) => ({
      id: juris.jurisId,
      registrationId: juris.registrationId,
      expiresOn: juris.effectiveDateEndi,
      notes: juris.notes,
    })),
  };
}

/** Whether the two say the same of the customer. Anrok doesn't tell what is in a file. */
export function saysTheSame(wanted: NewCertificate, known: Certificate): boolean {
  return factsOf(wanted) === factsOf(known);
}

function factsOf({ effectiveFrom, exemptionNumber = '', notes = '', jurisdictions }: NewCertificate | Certificate) {
  const places = jurisdictions
    .map((place) => [place.id, place.registrationId ?? '', place.expiresOn ?? '', place.notes ?? ''])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([effectiveFrom, exemptionNumber, notes, places]);
}
