const PREFIX = 'INV';

/** `INV-2026-000001`. One sequence for all years, so that a number stays unique when the year is left out. */
export function invoiceNumber(issuingDate: string, sequence: number): string {
  return `${PREFIX}-${issuingDate.slice(0, 4)}-${String(sequence).padStart(6, '0')}`;
}
