/** `INV-2026-000001-CN001`: its invoice's number, and which of its invoice's notes it is. */
export function creditNoteNumber(invoiceNumber: string, sequence: number): string {
  return `${invoiceNumber}-CN${String(sequence).padStart(3, '0')}`;
}
