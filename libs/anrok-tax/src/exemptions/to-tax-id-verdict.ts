import type { AnrokTaxIdAnswer } from '@anrok-nest/client';

export interface TaxIdVerdict {
  /** Of the ids that were given: valid in one of the jurisdictions. */
  readonly valid: readonly string[];
  /** The others. */
  readonly invalid: readonly string[];
  /** All that ask for a tax id at the customer's address. */
  readonly jurisdictions: readonly {
    readonly name: string;
    /** "VAT identification number". */
    readonly taxIdName: string;
    readonly taxIdAbbreviation: string | null;
    /** As given. */
    readonly valid: readonly string[];
  }[];
}

/** Anrok's answer about these tax ids. */
export function toTaxIdVerdict(taxIds: readonly string[], { jurises }: AnrokTaxIdAnswer): TaxIdVerdict {
  const jurisdictions = jurises.map(({ name, taxIdNames, validTaxIds }) => {
    const valid = new Set(validTaxIds.map(({ value }) => bare(value)));
    return {
      name,
      taxIdName: taxIdNames.name,
      taxIdAbbreviation: taxIdNames.abbreviation,
      valid: taxIds.filter((taxId) => valid.has(bare(taxId))),
    };
  });
  const valid = new Set(jurisdictions.flatMap((jurisdiction) => jurisdiction.valid));
  return {
    valid: taxIds.filter((taxId) => valid.has(taxId)),
    invalid: taxIds.filter((taxId) => !valid.has(taxId)),
    jurisdictions,
  };
}

/** Without what people put between the characters: who answers may leave it out. */
function bare(taxId: string): string {
  return taxId.replace(/[\s.-]/g, '').toUpperCase();
}
