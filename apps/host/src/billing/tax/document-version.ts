import { createHash } from 'node:crypto';
import type { TaxDocument } from '@anrok-nest/tax';

/** A fingerprint of what a document says: the same for the same content, in whatever order its properties stand. */
export function documentVersion(document: TaxDocument): string {
  return createHash('sha256').update(canonical(document)).digest('hex');
}

// a database that stores JSON in binary gives the properties back in an order of its own
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
