import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager, type ObjectQuery } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { BillingHost, type HostDocument } from '../host/billing-host.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { newRecord } from '../requests/request-sync.js';
import { isDated, isInRange, RESYNC_STATUSES, type ResyncFilter, type ResyncStatus, wants } from './resync-filter.js';
import type { ResyncCursor } from './resync-run.entity.js';

export interface Candidate {
  readonly status: ResyncStatus;
  /** With its connection. Of what was never seen, the one that it would have. */
  readonly record: TaxSyncRecord;
}

export interface CandidatePage {
  /** No more than were asked for; none too, where a page held nothing that is meant. */
  readonly candidates: readonly Candidate[];
  readonly next: ResyncCursor;
}

/**
 * Finds the documents that a filter means, page by page, each once: those with a record, then those that the host has
 * and nobody ever asked for. Needs a request context of its own for every page, so that no page outlives the next.
 */
@Injectable()
export class ResyncDocuments {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly host: BillingHost,
  ) {}

  page(filter: ResyncFilter, { source, after }: ResyncCursor, limit: number): Promise<CandidatePage> {
    return source === 'records' ? this.known(filter, after, limit) : this.neverSeen(filter, after, limit);
  }

  /** How many documents are meant, where one query tells; null where the host would have to be asked. */
  async count(em: EntityManager, filter: ResyncFilter): Promise<number | null> {
    return wants(filter, 'never_seen') || isDated(filter) ? null : em.count(TaxSyncRecord, toCondition(filter));
  }

  private async known(filter: ResyncFilter, after: string | undefined, limit: number): Promise<CandidatePage> {
    const records = await this.em.find(
      TaxSyncRecord,
      { ...toCondition(filter), ...(after !== undefined && { id: { $gt: after } }) },
      { populate: ['connection'], orderBy: { id: 'asc' }, limit },
    );
    const candidates: Candidate[] = [];
    for (const record of records)
      if (!isDated(filter) || (await this.load(toReference(record), filter)))
        candidates.push({ status: record.status as ResyncStatus, record });
    const last = records.length === limit ? records.at(-1) : undefined;
    if (last) return { candidates, next: { source: 'records', after: last.id } };
    return { candidates, next: { source: wants(filter, 'never_seen') ? 'host' : 'end' } };
  }

  private async neverSeen(filter: ResyncFilter, after: string | undefined, limit: number): Promise<CandidatePage> {
    const { documents, next } = await this.list(filter, after, limit);
    const wanted = documents.filter(({ kind }) => !filter.kinds || filter.kinds.includes(kind));
    const candidates: Candidate[] = [];
    if (wanted.length > 0) {
      const seen = await this.em.find(TaxSyncRecord, anyOf(wanted), { fields: ['documentKind', 'documentId'] });
      const seenKeys = new Set(seen.map(({ documentKind: kind, documentId: id }) => key({ kind, id })));
      const unseen = wanted.filter((reference) => !seenKeys.has(key(reference)));
      const links = await this.linksOf(filter, unseen);
      for (const reference of unseen) {
        const link = links.get(reference.customerId);
        if (link) candidates.push({ status: 'never_seen', record: this.unwritten(reference, link) });
      }
    }
    return { candidates, next: next === undefined ? { source: 'end' } : { source: 'host', after: next } };
  }

  /** The host's documents: all, or those that are named. */
  private async list(filter: ResyncFilter, after: string | undefined, limit: number) {
    const { from, to } = filter;
    const page = { limit, ...(after !== undefined && { after }), ...(from && { from }), ...(to && { to }) };
    if (!filter.documents) return this.host.listDocuments(page);
    const named = [...new Map(filter.documents.map((reference) => [key(reference), reference])).values()];
    const start = Number(after ?? 0);
    const end = start + limit;
    const documents: TaxDocumentReference[] = [];
    for (const reference of named.slice(start, end)) {
      const loaded = await this.load(reference, filter);
      if (loaded?.standing === 'final' || loaded?.standing === 'disputeLost')
        documents.push({ ...reference, customerId: loaded.document.customer.id });
    }
    return { documents, ...(end < named.length && { next: String(end) }) };
  }

  /** The document, when the host has it and it is of the time that is meant. */
  private async load(reference: TaxDocumentReference, filter: ResyncFilter): Promise<HostDocument | undefined> {
    const loaded = await this.host.loadDocument(reference);
    return loaded && isInRange(filter, loaded.document.accountingDate) ? loaded : undefined;
  }

  private async linksOf({ connection }: ResyncFilter, references: readonly TaxDocumentReference[]) {
    const customerId = { $in: [...new Set(references.map((reference) => reference.customerId))] };
    const links = await this.em.find(
      CustomerLink,
      { customerId, ...(connection !== undefined && { connection: { code: connection } }) },
      { populate: ['connection'] },
    );
    return new Map(links.map((link) => [link.customerId, link]));
  }

  private unwritten(reference: TaxDocumentReference, { connection }: CustomerLink): TaxSyncRecord {
    const record = newRecord(reference, connection.id, this.clock.now());
    return this.em.create(TaxSyncRecord, { ...record, connection }, { persist: false });
  }
}

function toCondition(filter: ResyncFilter): ObjectQuery<TaxSyncRecord> {
  const { connection, problemCodes, kinds, documents } = filter;
  const statuses = RESYNC_STATUSES.filter((status) => status !== 'never_seen' && wants(filter, status));
  return {
    status: { $in: statuses as Exclude<ResyncStatus, 'never_seen'>[] },
    ...(connection !== undefined && { connection: { code: connection } }),
    ...(problemCodes && { problemCode: { $in: [...problemCodes] } }),
    ...(kinds && { documentKind: { $in: [...kinds] } }),
    ...(documents && anyOf(documents)),
  };
}

function anyOf(references: readonly TaxDocumentReference[]): ObjectQuery<TaxSyncRecord> {
  // no alternatives would be no condition
  if (references.length === 0) return { documentId: { $in: [] } };
  const byKind = Map.groupBy(references, ({ kind }) => kind);
  return {
    $or: [...byKind].map(([documentKind, some]) => ({ documentKind, documentId: { $in: some.map(({ id }) => id) } })),
  };
}

function toReference({ documentKind: kind, documentId: id, customerId }: TaxSyncRecord): TaxDocumentReference {
  return { kind, id, customerId };
}

function key({ kind, id }: Pick<TaxDocumentReference, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}
