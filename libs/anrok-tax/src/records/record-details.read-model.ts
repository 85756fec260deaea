import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { sumOf } from '@anrok-nest/tax';
import { AnrokPages } from '../connection/anrok-pages.js';
import { joining } from '../joining.js';
import { type RecordedTaxes, toRecordedTaxes } from '../mapping/recorded-taxes.js';
import { HeldTransaction } from './held-transaction.entity.js';
import { TaxSyncRecord } from './tax-sync-record.entity.js';
import { TaxSyncWait } from './tax-sync-wait.entity.js';
import { type RecordHistory, TaxSyncReadModel } from './tax-sync.read-model.js';
import type { WaitKind } from './wait-cause.js';

/** All that is known of a document, for a person to look at. */
export interface RecordDetails extends Omit<RecordHistory, 'transactions'> {
  readonly transactions: readonly ShownTransaction[];
  /** As Anrok answered; undefined where it counts nothing of the document. */
  readonly taxes: RecordedTaxes | undefined;
  /** The changes of which any makes it due again; empty unless it is `waiting`. */
  readonly waits: readonly Wait[];
  /** Of an invoice its credit notes, of a credit note its invoice and the other notes of it. The oldest first. */
  readonly related: readonly RelatedDocument[];
  /** What Anrok counts to collect of the document and those related to it together, in minor units. */
  readonly netTaxAmount: number;
}

export interface ShownTransaction {
  readonly held: HeldTransaction;
  /** At Anrok, for people. */
  readonly page: string | undefined;
}

export interface Wait {
  readonly kind: WaitKind;
  /** Of an item mapping. */
  readonly itemType?: string;
  readonly itemId?: string;
}

export interface RelatedDocument {
  readonly record: TaxSyncRecord;
  /** What Anrok counts to collect of it: of a credit note below zero, of what is void zero. */
  readonly countedTaxAmount: number;
}

/** Sync records in full. */
@Injectable()
export class RecordDetailsReadModel {
  constructor(
    private readonly em: EntityManager,
    private readonly records: TaxSyncReadModel,
    private readonly pages: AnrokPages,
  ) {}

  /** @throws SyncRecordNotFoundError */
  async of(id: string): Promise<RecordDetails> {
    const { record, attempts, transactions } = await this.records.history(id);
    const related = await this.relatedTo(record);
    return {
      record,
      attempts,
      transactions: transactions.map((held) => ({
        held,
        page: this.pages.transaction(record.connection, held.transactionId),
      })),
      taxes: toRecordedTaxes(
        transactions.flatMap(({ state, request, answer }) =>
          state === 'recorded' && request && answer ? [{ request, answer }] : [],
        ),
      ),
      waits: await this.waitsOf(record),
      related,
      netTaxAmount: sumOf([counted(transactions), ...related.map(({ countedTaxAmount }) => countedTaxAmount)]),
    };
  }

  private async waitsOf(record: TaxSyncRecord): Promise<Wait[]> {
    if (record.status !== 'waiting') return [];
    const waits = await joining(this.em).find(TaxSyncWait, { record: record.id }, { orderBy: { id: 'asc' } });
    return waits.map(({ kind, itemType, itemId }) => ({
      kind,
      ...(itemType && { itemType }),
      ...(itemId && { itemId }),
    }));
  }

  private async relatedTo({ id, documentKind, documentId, creditedInvoiceId }: TaxSyncRecord) {
    const invoiceId = documentKind === 'invoice' ? documentId : creditedInvoiceId;
    if (!invoiceId) return [];
    const em = joining(this.em);
    const family = {
      $or: [{ documentKind: 'invoice' as const, documentId: invoiceId }, { creditedInvoiceId: invoiceId }],
    };
    const orderBy = [{ documentKind: 'desc' as const }, { id: 'asc' as const }];
    const records = await em.find(
      TaxSyncRecord,
      { $and: [family, { id: { $ne: id } }] },
      {
        populate: ['connection'],
        orderBy,
        refresh: true,
      },
    );
    const held = await em.find(HeldTransaction, { record: { $in: records.map((one) => one.id) } }, { refresh: true });
    const heldOf = Map.groupBy(held, (transaction) => transaction.record.id);
    return records.map((record) => ({ record, countedTaxAmount: counted(heldOf.get(record.id) ?? []) }));
  }
}

function counted(transactions: readonly HeldTransaction[]): number {
  return sumOf(transactions.map(({ state, taxAmount }) => (state === 'recorded' ? (taxAmount ?? 0) : 0)));
}
