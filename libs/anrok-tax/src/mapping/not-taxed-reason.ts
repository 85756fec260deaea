import type { AnrokNotTaxedReason } from '@anrok-nest/client';
import { NOT_TAXED_REASONS, type NotTaxedReason } from '@anrok-nest/tax';

const KNOWN: ReadonlySet<string> = new Set(NOT_TAXED_REASONS);

/** Anrok's reason in ours; a word that is new to us is kept as it came, and refuses nothing. */
export function toNotTaxedReason(reason: AnrokNotTaxedReason): {
  notTaxedReason: NotTaxedReason;
  notTaxedDetail?: string;
} {
  const word = reason.reason?.type ?? reason.type;
  if (KNOWN.has(word)) return { notTaxedReason: word as NotTaxedReason };
  return { notTaxedReason: 'other', notTaxedDetail: word };
}
