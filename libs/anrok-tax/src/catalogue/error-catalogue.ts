import { AnrokError } from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { toTaxProblem, withItemsOfProduct } from '../mapping/to-tax-problem.js';
import { ResolvedRetryOptions } from '../options/resolve-options.js';
import type { WaitKind } from '../records/wait-cause.js';
import { decideRetry } from '../sync/retry-policy.js';
import { ANROK_AREAS } from './anrok-specimens.js';
import type { Area, FixedBy, Specimen } from './specimen.js';
import { OTHER_AREAS } from './specimens.js';
import { SYNC_AREAS } from './sync-specimens.js';

/** One way in which something can go wrong. What differs from time to time stands in braces: `{customerId}`. */
export interface CatalogueEntry {
  /** Several entries share one where it has several causes. */
  readonly code: string;
  readonly area: string;
  /** When it occurs. */
  readonly cause: string;
  /** What people read. */
  readonly message: string;
  readonly remedy: string;
  readonly fixedBy: FixedBy;
  /** What comes next for a document whose sync ends in it; absent where none does. */
  readonly sync?: SyncConsequence;
}

export type SyncConsequence =
  | { readonly next: 'retrying' }
  /** `for`: the change that makes the document due again. */
  | { readonly next: 'waiting'; readonly for: WaitKind }
  | { readonly next: 'failed' };

export const AREAS: readonly Area[] = [...SYNC_AREAS, ...OTHER_AREAS, ...ANROK_AREAS];

/** Every error that can reach a person or a program through the module, made from the errors themselves. */
export function errorCatalogue(): CatalogueEntry[] {
  return AREAS.flatMap(({ title, inSync, specimens }) =>
    specimens.map(({ fixedBy, cause, error }) => {
      const problem = problemOf(error);
      const { code, message, remedy } = problem;
      return { code, area: title, cause, message, remedy, fixedBy, ...(inSync && { sync: consequenceOf(problem) }) };
    }),
  );
}

function problemOf(error: Specimen['error']): TaxProblem {
  if (error instanceof TaxError) return error.problem;
  if (error instanceof AnrokError) return withItemsOfProduct(toTaxProblem(error), DOCUMENT, DRAFTS);
  const { code, message, remedy } = error;
  return { code, message, remedy, retry: 'never', details: {} };
}

function consequenceOf(problem: TaxProblem): SyncConsequence {
  const now = new Date(0);
  const decision = decideRetry(
    { problem, failures: 1, firstFailedAt: now, now, jitter: 0 },
    new ResolvedRetryOptions(),
  );
  return decision.next === 'waiting' ? { next: 'waiting', for: decision.cause.kind } : { next: decision.next };
}

/** A document with the product that Anrok doesn't know, so that the problem names the host's item as it does in life. */
const DOCUMENT = {
  lines: [{ id: '{lineId}', item: { type: '{itemType}', id: '{itemId}' }, amount: 1, taxIncluded: false }],
};
const DRAFTS = [
  { body: { lineItems: [{ id: '{lineId}', productExternalId: '{productExternalId}', amount: 1 }] } },
] as unknown as TransactionDraft[];
