import { type EntityManager, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { EVERY } from '../mapping/item-mapping.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { TaxSyncWait } from '../records/tax-sync-wait.entity.js';

/** A change in what documents may wait for. */
export type SettingChange =
  | {
      readonly kind: 'item_mapping';
      readonly connectionId: string;
      /** Either may be `*`. */
      readonly itemType: string;
      readonly itemId: string;
    }
  /** Of its address, its tax ids, its name. */
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'connection'; readonly connectionId: string }
  /** Of a customer to a connection: there everything may be different. */
  | { readonly kind: 'link'; readonly customerId: string };

/**
 * Makes exactly those waiting documents due that waited for this change. Runs in the transaction that makes it. A
 * document on its way right now may have looked too early: it goes round again.
 */
export async function makeDue(em: EntityManager, change: SettingChange, now: Date): Promise<void> {
  const scope = 'customerId' in change ? { customerId: change.customerId } : { connection: change.connectionId };
  const waits = (em as SqlEntityManager)
    .createQueryBuilder(TaxSyncWait, 'wait')
    .select('record')
    .where(waitsFor(change));
  await (em as SqlEntityManager)
    .createQueryBuilder(TaxSyncRecord)
    .update({ status: 'pending', dueAt: now, failures: 0, firstFailedAt: null, revision: raw('revision + 1') })
    .where({ status: 'waiting', id: { $in: waits } })
    .andWhere(scope)
    .execute();
  await (em as SqlEntityManager)
    .createQueryBuilder(TaxSyncRecord)
    .update({ revision: raw('revision + 1') })
    .where({ status: 'processing', ...scope })
    .execute();
}

function waitsFor(change: SettingChange) {
  if (change.kind === 'link') return {};
  if (change.kind !== 'item_mapping' || change.itemType === EVERY) return { kind: change.kind };
  const { kind, itemType, itemId } = change;
  return { kind, itemType, ...(itemId !== EVERY && { itemId }) };
}
