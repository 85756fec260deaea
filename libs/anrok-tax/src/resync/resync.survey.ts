import { TaxError } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { DocumentMapper, type DocumentToMap } from '../connection/document-mapper.js';
import { readLinks, type UsableLink } from '../connection/usable-link.js';
import { BillingHost, type HostDocument } from '../host/billing-host.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { HeldTransaction } from '../records/held-transaction.entity.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { countsAtAnrok } from '../sync/counts-at-anrok.js';
import { isAtRest, needsNothing } from '../sync/needs-nothing.js';
import type { Held } from '../sync/plan-sync.js';
import { archivedOf } from './archived-documents.js';
import { plainRows } from './plain-rows.js';
import type { RecordSeen, ResyncRecord } from './resync-record.js';

interface Surveyed extends DocumentToMap {
  readonly record: ResyncRecord;
  readonly loaded: HostDocument;
  readonly link: UsableLink;
}

/**
 * Finds among many records those about which a resync has nothing to do: a sync would find everything as it should be, or
 * the host has archived the document. With a few queries for all of them. Asks nothing of Anrok and writes nothing.
 */
@Injectable()
export class ResyncSurvey {
  constructor(
    private readonly em: EntityManager,
    private readonly options: AnrokTaxOptions,
    private readonly host: BillingHost,
    private readonly mapper: DocumentMapper,
  ) {}

  /** Needs a request context. @returns ids of the records that need nothing */
  async unchanged(seen: readonly RecordSeen[]): Promise<ReadonlySet<string>> {
    const archived = await archivedOf(this.host, this.options, seen);
    return new Set([...archived, ...(await this.asTheyShouldBe(seen))]);
  }

  private async asTheyShouldBe(seen: readonly RecordSeen[]): Promise<readonly string[]> {
    const surveyed = await this.surveyed(seen);
    if (surveyed.length === 0) return [];
    const heldBy = await this.heldBy(surveyed);
    const toTransactions = await this.mapper.forMany(surveyed);
    const expected = await this.expectedByNotes(surveyed);
    const unchanged = surveyed.filter((one) => {
      const { id, documentKind, documentId } = one.record;
      if (documentKind === 'invoice' && expected.has(documentId)) return false;
      const drafts = unlessRefused(() => toTransactions(one));
      return drafts !== undefined && needsNothing({ ...one, drafts, held: heldBy.get(id) ?? [] });
    });
    return unchanged.map(({ record }) => record.id);
  }

  /** Those that count, of customers with a link: of the others, only a run knows. */
  private async surveyed(seen: readonly RecordSeen[]): Promise<Surveyed[]> {
    const resting = seen.filter(({ record }) => isAtRest(record));
    const links = await readLinks(
      this.em,
      resting.map(({ record }) => record.customerId),
    );
    return resting.flatMap(({ record, loaded }) => {
      const link = links.get(record.customerId);
      if (!link || !loaded || !countsAtAnrok(loaded.standing, this.options)) return [];
      const { connection, anrokCustomerId } = link;
      const { generation } = record;
      return [{ record, loaded, link, document: loaded.document, connection, anrokCustomerId, generation }];
    });
  }

  private async heldBy(surveyed: readonly Surveyed[]): Promise<ReadonlyMap<string, readonly Held[]>> {
    // without what was sent and answered, which is most of it
    const query = (this.em as SqlEntityManager)
      .createQueryBuilder(HeldTransaction)
      .select(['record', 'transactionId', 'version', 'state', 'requestHash'])
      .where({ record: { $in: surveyed.map(({ record }) => record.id) } });
    const held = await plainRows<Held & { record: string }>(this.em as SqlEntityManager, HeldTransaction, query);
    return Map.groupBy(held, ({ record }) => record);
  }

  /** Ids of the invoices whose run credit notes wait for: also one that does nothing makes them due. */
  private async expectedByNotes(surveyed: readonly Surveyed[]): Promise<ReadonlySet<string>> {
    const notes = await this.em.find(
      TaxSyncRecord,
      {
        creditedInvoiceId: { $in: surveyed.map(({ record }) => record.documentId) },
        status: { $in: ['waiting', 'processing'] },
      },
      { fields: ['creditedInvoiceId'] },
    );
    return new Set(notes.map(({ creditedInvoiceId }) => creditedInvoiceId!));
  }
}

/** What the mapping refuses, a run says and shows. */
function unlessRefused<T>(map: () => T): T | undefined {
  try {
    return map();
  } catch (error) {
    if (error instanceof TaxError) return undefined;
    throw error;
  }
}
