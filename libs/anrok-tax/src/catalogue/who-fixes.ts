import type { SyncStatus } from '../records/tax-sync-record.entity.js';
import { type CatalogueEntry, errorCatalogue } from './error-catalogue.js';
import type { FixedBy } from './specimen.js';

let known: Map<string, CatalogueEntry[]> | undefined;

/**
 * Who mends a problem of a document that is in this status: the status tells the causes of a code apart. Undefined
 * where the code is another version's.
 */
export function whoFixes(code: string, status: SyncStatus): FixedBy | undefined {
  known ??= Map.groupBy(errorCatalogue(), (entry) => entry.code);
  const causes = known.get(code);
  return (causes?.find(({ sync }) => sync?.next === status) ?? causes?.[0])?.fixedBy;
}
