import type { IsoDate, Jurisdiction } from './jurisdiction.js';
import type { ExemptionReason } from './taxed-line.js';

/** What of an exemption certificate decides whether it holds. */
export interface ExemptionCertificate {
  readonly effectiveDateBegin: IsoDate;
  readonly isArchived: boolean;
  readonly jurises: readonly { readonly jurisId: string; readonly effectiveDateEndi: IsoDate | null }[];
}

export interface Buyer {
  /** As the buyer wrote them. */
  readonly taxIds: readonly string[];
  readonly certificates: readonly ExemptionCertificate[];
}

/** Why a jurisdiction lets this buyer off on that date, if it does. A state's certificate holds in its towns, too. */
export function exemptionOf(buyer: Buyer, jurisdiction: Jurisdiction, date: IsoDate): ExemptionReason | undefined {
  const rule = jurisdiction.buyerTaxId;
  if (rule?.reverseCharge && buyer.taxIds.some((taxId) => isTaxIdOf(jurisdiction, taxId))) return 'reverseCharge';
  const isExempt = buyer.certificates.some(
    (certificate) =>
      !certificate.isArchived &&
      certificate.effectiveDateBegin <= date &&
      certificate.jurises.some(
        ({ jurisId, effectiveDateEndi }) =>
          jurisId === jurisdiction.certificateJurisId && (effectiveDateEndi === null || date <= effectiveDateEndi),
      ),
  );
  return isExempt ? 'customerExempt' : undefined;
}

/** Whether an id has the form that the jurisdiction gives out; spaces, dots and dashes don't matter. */
export function isTaxIdOf(jurisdiction: Jurisdiction, taxId: string): boolean {
  return jurisdiction.buyerTaxId?.pattern.test(taxId.replace(/[\s.-]/g, '').toUpperCase()) ?? false;
}
