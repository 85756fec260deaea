import type { TaxDocumentKind } from '@anrok-nest/tax';

/** How documents are called on the pages. */
export const KIND_NAMES: Readonly<Record<TaxDocumentKind, string>> = {
  invoice: 'Invoice',
  credit_note: 'Credit note',
  fee: 'Fee',
};

/** `1 document`, `4,210 documents` */
export function toCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
