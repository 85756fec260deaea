import { assertTaxDocument, type TaxDocument } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { CustomerNotLinkedError } from '../connection/connection.error.js';
import type { HostDocument } from '../host/billing-host.js';
import { toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { HeldTransaction } from '../records/held-transaction.entity.js';
import { CreditNoteTargets } from './credit-note.targets.js';
import { countsAtAnrok } from './counts-at-anrok.js';
import { DocumentMoves } from './document-moves.js';
import { RunReads } from './run-reads.js';
import { CustomerChangedError } from './sync.error.js';
import type { SyncRun } from './sync-run.js';
import type { SyncTarget } from './sync-target.js';

/** Finds out what Anrok should hold of a document: by what it is now in the host, and by the settings of now. */
@Injectable()
export class SyncTargets {
  constructor(
    private readonly options: AnrokTaxOptions,
    private readonly reads: RunReads,
    private readonly creditNotes: CreditNoteTargets,
    private readonly moves: DocumentMoves,
  ) {}

  /**
   * Loads the document into the run.
   *
   * @param held what Anrok is known to hold of it
   * @throws InvalidTaxDocumentError and the like where the host made no sense of it, and the mapping's errors: before
   *   anything is sent
   */
  async of(run: SyncRun, held: readonly HeldTransaction[]): Promise<SyncTarget> {
    run.loaded = await this.reads.document(run.reference);
    if (!counts(run.loaded, this.options)) return { drafts: [], connection: run.connection };
    const { document } = run.loaded;
    assertTaxDocument(document);
    if (document.customer.id !== run.customerId) {
      await this.moves.toCustomer(run, document.customer.id, isBound(run, held));
      return this.of(run, held);
    }
    if (document.kind === 'credit_note') return this.creditNotes.of(run, document);
    return this.ofSale(run, document, held);
  }

  /**
   * It goes to the account of the customer that it has by now. Only where Anrok may hold something of it, it stays there,
   * whatever connection that customer has: in a second account its tax would count twice.
   */
  private async ofSale(run: SyncRun, document: TaxDocument, held: readonly HeldTransaction[]): Promise<SyncTarget> {
    const { link, generation } = run;
    if (!isBound(run, held)) {
      if (!link) throw new CustomerNotLinkedError(run.customerId);
      await this.moves.toConnection(run, link.connection);
    }
    const { connection } = run;
    const anrokCustomerId = connection.id === link?.connection.id ? link.anrokCustomerId : idWithoutLink(run, held);
    const drafts = await this.reads.drafts({ document, connection, anrokCustomerId, generation });
    return { drafts, connection, calculate: (answers) => toTaxCalculation(document, answers) };
  }
}

function counts(loaded: HostDocument | null, options: AnrokTaxOptions): loaded is HostDocument {
  return loaded !== null && countsAtAnrok(loaded.standing, options);
}

/** Whether Anrok holds something of the document, or may. */
function isBound({ record }: SyncRun, held: readonly HeldTransaction[]): boolean {
  return held.length > 0 || record.doubtfulParts > 0;
}

/**
 * The customer's id at Anrok, in an account that it is not linked to, or not any more.
 *
 * @throws CustomerChangedError where the document was sent there for another customer
 */
function idWithoutLink({ reference, formerCustomerId, connection }: SyncRun, held: readonly HeldTransaction[]): string {
  if (formerCustomerId !== null) throw new CustomerChangedError(reference, formerCustomerId, connection.code);
  return held.find(({ request }) => request)?.request?.customerId ?? reference.customerId;
}
