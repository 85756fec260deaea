import { assertTaxDocument, type TaxDocument } from '@anrok-nest/tax';
import { Injectable } from '@nestjs/common';
import { CustomerNotLinkedError } from '../connection/connection.error.js';
import type { HostDocument } from '../host/billing-host.js';
import { toTaxCalculation } from '../mapping/to-tax-calculation.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import type { HeldTransaction } from '../records/held-transaction.entity.js';
import { CreditNoteTargets } from './credit-note.targets.js';
import { countsAtAnrok } from './counts-at-anrok.js';
import { RunReads } from './run-reads.js';
import type { SyncRun } from './sync-run.js';
import type { SyncTarget } from './sync-target.js';

/** Finds out what Anrok should hold of a document: by what it is now in the host, and by the settings of now. */
@Injectable()
export class SyncTargets {
  constructor(
    private readonly options: AnrokTaxOptions,
    private readonly reads: RunReads,
    private readonly creditNotes: CreditNoteTargets,
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
    if (document.kind === 'credit_note') return this.creditNotes.of(run, document);
    return this.ofSale(run, document, held);
  }

  /**
   * It stays with the connection that may hold something of it, whatever connection its customer has by now: in a
   * second account its tax would count twice.
   */
  private async ofSale(run: SyncRun, document: TaxDocument, held: readonly HeldTransaction[]): Promise<SyncTarget> {
    const { link } = run;
    const { customerId, doubtfulParts } = run.record;
    const isBound = held.length > 0 || doubtfulParts > 0;
    if (!isBound && !link) throw new CustomerNotLinkedError(customerId);
    const connection = isBound ? run.connection : link!.connection;
    const anrokCustomerId =
      connection.id === link?.connection.id ? link.anrokCustomerId : (recordedFor(held) ?? customerId);
    const { generation } = run;
    const drafts = await this.reads.drafts({ document, connection, anrokCustomerId, generation });
    return { drafts, connection, calculate: (answers) => toTaxCalculation(document, answers) };
  }
}

function counts(loaded: HostDocument | null, options: AnrokTaxOptions): loaded is HostDocument {
  return loaded !== null && countsAtAnrok(loaded.standing, options);
}

function recordedFor(held: readonly HeldTransaction[]): string | undefined {
  return held.find(({ request }) => request)?.request?.customerId;
}
