import type { TaxDocumentReference } from '@anrok-nest/tax';
import { EntityManager, type ObjectQuery, RequestContext } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { BillingHost, type HostDocument } from '../host/billing-host.js';
import { documentKey } from '../records/document-key.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { newRecord } from '../requests/request-sync.js';
import { isDated, isInRange, RESYNC_STATUSES, type ResyncFilter, type ResyncStatus, wants } from './resync-filter.js';
import { readResyncRecords, type ResyncRecord } from './resync-record.js';
import type { ResyncCursor } from './resync-run.entity.js';
import { ResyncSurvey } from './resync.survey.js';

/** Records that are looked at together. */
const MOST_AT_ONCE = 250;
/** After so many records, or so long, a page ends: progress is written, and a cancellation heard. */
const MOST_PER_PAGE = 1_000;
const PAGE_MS = 1_000;

export interface Candidate {
  readonly status: ResyncStatus;
  /** With its connection. Of what was never seen, the one that it would have. */
  readonly record: TaxSyncRecord;
}

export interface CandidatePage {
  /** No more than were asked for; none too, where a page held nothing that is meant. */
  readonly candidates: readonly Candidate[];
  /** How many more are meant and were passed by, because there is nothing to be done about them. */
  readonly unchanged: number;
  readonly next: ResyncCursor;
}

/** A record, and whether it is passed by. */
interface Look {
  readonly record: ResyncRecord;
  readonly isMeant: boolean;
  readonly isUnchanged: boolean;
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
    private readonly survey: ResyncSurvey,
  ) {}

  page(filter: ResyncFilter, { source, after }: ResyncCursor, limit: number): Promise<CandidatePage> {
    return source === 'records' ? this.known(filter, after, limit) : this.neverSeen(filter, after, limit);
  }

  /** How many documents are meant, where one query tells; null where the host would have to be asked. */
  async count(em: EntityManager, filter: ResyncFilter): Promise<number | null> {
    return wants(filter, 'never_seen') || isDated(filter) ? null : em.count(TaxSyncRecord, toCondition(filter));
  }

  /** Looks the further ahead the less it finds: most of a page is passed by, or little of it is looked at in vain. */
  private async known(filter: ResyncFilter, after: string | undefined, limit: number): Promise<CandidatePage> {
    const until = this.clock.now().getTime() + PAGE_MS;
    const wanted: ResyncRecord[] = [];
    const page = async (next: ResyncCursor) => ({ candidates: await this.candidatesOf(wanted), unchanged, next });
    let unchanged = 0;
    let place = after;
    for (let seen = 0, portion = Math.min(limit, MOST_AT_ONCE); ; portion = Math.min(2 * portion, MOST_AT_ONCE)) {
      const from = place;
      const looks = await RequestContext.create(this.em, () => this.look(filter, from, portion));
      for (const { record, isMeant, isUnchanged } of looks) {
        if (isUnchanged) unchanged += 1;
        else if (isMeant) wanted.push(record);
        place = record.id;
        if (wanted.length === limit) return page({ source: 'records', after: place });
      }
      if (looks.length < portion) return page({ source: wants(filter, 'never_seen') ? 'host' : 'end' });
      seen += looks.length;
      if (seen >= MOST_PER_PAGE || this.clock.now().getTime() >= until)
        return page({ source: 'records', after: place! });
    }
  }

  private async candidatesOf(wanted: readonly ResyncRecord[]): Promise<Candidate[]> {
    if (wanted.length === 0) return [];
    const statusOf = new Map(wanted.map(({ id, status }) => [id, status]));
    const id = { $in: [...statusOf.keys()] };
    const records = await this.em.find(TaxSyncRecord, { id }, { populate: ['connection'], orderBy: { id: 'asc' } });
    return records.map((record) => ({ status: statusOf.get(record.id)!, record }));
  }

  private async look(filter: ResyncFilter, after: string | undefined, limit: number): Promise<Look[]> {
    const where = { ...toCondition(filter), ...(after !== undefined && { id: { $gt: after } }) };
    const records = await readResyncRecords(this.em as SqlEntityManager, where, limit);
    const wanted = isDated(filter) ? records : records.filter(({ status }) => status === 'synced');
    const loaded = await this.host.loadDocuments(wanted.map(toReference));
    const seen = wanted.map((record, index) => ({ record, loaded: loaded[index] ?? null }));
    const meant = seen.filter((one) => isOfItsTime(filter, one.loaded));
    const meantIds = new Set(meant.map(({ record }) => record.id));
    const unchanged = await this.survey.unchanged(meant);
    return records.map((record) => ({
      record,
      isMeant: !isDated(filter) || meantIds.has(record.id),
      isUnchanged: unchanged.has(record.id),
    }));
  }

  private async neverSeen(filter: ResyncFilter, after: string | undefined, limit: number): Promise<CandidatePage> {
    const { documents, next } = await this.list(filter, after, limit);
    const wanted = documents.filter(({ kind }) => !filter.kinds || filter.kinds.includes(kind));
    const candidates: Candidate[] = [];
    if (wanted.length > 0) {
      const seen = await this.em.find(TaxSyncRecord, anyOf(wanted), { fields: ['documentKind', 'documentId'] });
      const seenKeys = new Set(seen.map(({ documentKind: kind, documentId: id }) => documentKey({ kind, id })));
      const unseen = wanted.filter((reference) => !seenKeys.has(documentKey(reference)));
      const links = await this.linksOf(filter, unseen);
      for (const reference of unseen) {
        const link = links.get(reference.customerId);
        if (link) candidates.push({ status: 'never_seen', record: this.unwritten(reference, link) });
      }
    }
    return { candidates, unchanged: 0, next: next === undefined ? { source: 'end' } : { source: 'host', after: next } };
  }

  /** The host's documents: all, or those that are named. */
  private async list(filter: ResyncFilter, after: string | undefined, limit: number) {
    const { from, to } = filter;
    const page = { limit, ...(after !== undefined && { after }), ...(from && { from }), ...(to && { to }) };
    if (!filter.documents) return this.host.listDocuments(page);
    const named = [...new Map(filter.documents.map((reference) => [documentKey(reference), reference])).values()];
    const start = Number(after ?? 0);
    const end = start + Math.min(limit, MOST_AT_ONCE);
    const documents: TaxDocumentReference[] = [];
    const some = named.slice(start, end);
    const loaded = await this.host.loadDocuments(some);
    for (const [index, reference] of some.entries()) {
      const { standing, document } = loaded[index] ?? {};
      if (!document || !isInRange(filter, document.accountingDate)) continue;
      if (standing === 'final' || standing === 'disputeLost')
        documents.push({ ...reference, customerId: document.customer.id });
    }
    return { documents, ...(end < named.length && { next: String(end) }) };
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

/** Whether no time is meant, or that of the document. */
function isOfItsTime(filter: ResyncFilter, loaded: HostDocument | null): boolean {
  return !isDated(filter) || (loaded !== null && isInRange(filter, loaded.document.accountingDate));
}

function toReference({ documentKind: kind, documentId: id, customerId }: ResyncRecord): TaxDocumentReference {
  return { kind, id, customerId };
}
