import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { BillingHost } from '../host/billing-host.js';
import { documentKey } from '../records/document-key.js';
import { lockRecords } from '../records/lock-records.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';

/** As many as the host loads at once. */
const PORTION = 250;

const FIELDS = ['id', 'documentKind', 'documentId', 'customerId', 'creditedInvoiceId'] as const;

type Finished = Pick<TaxSyncRecord, (typeof FIELDS)[number]>;

/**
 * Deletes finished records of documents that the host has no longer. Of all others, the record is what keeps the document
 * from being recorded twice. Goes round all of them, portion by portion.
 */
@Injectable()
export class FinishedRecords {
  /** The last one that was looked at. */
  private after: string | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly host: BillingHost,
  ) {}

  /** Whether the next portion is the first again. */
  get isAtTheEnd(): boolean {
    return this.after === undefined;
  }

  /** Looks at the next portion, and answers how many of it were deleted. */
  async pruneNext(before: Date): Promise<number> {
    const finished = await this.next(before);
    this.after = finished.length < PORTION ? undefined : finished.at(-1)!.id;
    const gone = await this.withoutDocuments(finished);
    return gone.length > 0 ? this.delete(gone, before) : 0;
  }

  private next(before: Date): Promise<Finished[]> {
    const old = { status: 'synced', dueAt: null, requestedAt: { $lt: before }, syncedAt: { $lt: before } } as const;
    const rest = this.after === undefined ? {} : { id: { $gt: this.after } };
    return this.em
      .fork()
      .find(TaxSyncRecord, { ...old, ...rest }, { fields: FIELDS, orderBy: { id: 'asc' }, limit: PORTION });
  }

  /** For as long as the host has the invoice, a note's record says what of it is taken back. */
  private async withoutDocuments(finished: readonly Finished[]): Promise<string[]> {
    const lasting = await this.lasting([
      ...finished.map(toReference),
      ...finished.flatMap((one) => (one.creditedInvoiceId ? [toInvoice(one, one.creditedInvoiceId)] : [])),
    ]);
    const isGone = (one: Finished) =>
      !lasting.has(documentKey(toReference(one))) &&
      !(one.creditedInvoiceId && lasting.has(documentKey(toInvoice(one, one.creditedInvoiceId))));
    return finished.filter(isGone).map(({ id }) => id);
  }

  /** Those of which the host has a document. */
  private async lasting(references: readonly TaxDocumentReference[]): Promise<ReadonlySet<string>> {
    const wanted = [...new Map(references.map((one) => [documentKey(one), one])).values()];
    const lasting = new Set<string>();
    for (let from = 0; from < wanted.length; from += PORTION) {
      const some = wanted.slice(from, from + PORTION);
      const loaded = await RequestContext.create(this.em, () => this.host.loadDocuments(some));
      for (const [index, one] of some.entries()) if (loaded[index] !== null) lasting.add(documentKey(one));
    }
    return lasting;
  }

  /** What was requested meanwhile stays, and so does an invoice as long as one of its notes does. */
  private delete(ids: readonly string[], before: Date): Promise<number> {
    return this.em.fork().transactional(async (em) => {
      await lockRecords(em, [{ id: { $in: [...ids] } }]);
      const deleted = await (em as SqlEntityManager).execute<unknown[]>(
        `delete from anrok_sync_record
         where id in (${ids.map(() => '?').join(', ')}) and status = 'synced' and due_at is null and requested_at < ?
           and not exists (select 1 from anrok_sync_record note
                           where note.credited_invoice_id = anrok_sync_record.document_id
                             and anrok_sync_record.document_kind = 'invoice')
         returning id`,
        [...ids, before],
      );
      return deleted.length;
    });
  }
}

function toReference({ documentKind: kind, documentId: id, customerId }: Finished): TaxDocumentReference {
  return { kind, id, customerId };
}

function toInvoice({ customerId }: Finished, id: string): TaxDocumentReference {
  return { kind: 'invoice', id, customerId };
}
