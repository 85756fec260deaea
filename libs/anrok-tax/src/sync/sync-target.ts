import type { AnrokComputedTransaction } from '@anrok-nest/client';
import type { TaxCalculation } from '@anrok-nest/tax';
import type { UsableConnection } from '../connection/usable-connection.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';

/** What Anrok should hold of a document. */
export interface SyncTarget {
  /** Empty when nothing of it counts. */
  readonly drafts: readonly TransactionDraft[];
  /** Where it is, or is to be, recorded. */
  readonly connection: UsableConnection;
  /**
   * The document's tax from Anrok's answers to the drafts, in their order. Absent when the document has no say in a
   * return: it is a draft, it is gone, or it counts no more.
   */
  readonly calculate?: (answers: readonly AnrokComputedTransaction[]) => TaxCalculation;
  /**
   * Of a credit note: refuses a tax that is not the one charged. Asked of answers that record nothing, before anything
   * is recorded.
   *
   * @throws CreditTaxDiffersError
   */
  readonly assertAsCharged?: (answers: readonly AnrokComputedTransaction[]) => void;
}
