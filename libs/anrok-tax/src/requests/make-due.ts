import { type ObjectQuery, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { EVERY } from '../mapping/item-mapping.js';
import { notLockedElsewhere } from '../records/lock-records.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { TaxSyncWait } from '../records/tax-sync-wait.entity.js';

/** A change in what documents may wait for. */
export type SettingChange =
  | {
      readonly kind: 'item_mapping';
      readonly connectionId: string;
      /** `*` for the fallback. */
      readonly itemType: string;
      /** With `*` among them, all items of the type. 1,000 at most. */
      readonly itemIds: readonly string[];
    }
  /** Of its address, its tax ids, its name. */
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'connection'; readonly connectionId: string }
  /** Of a customer to a connection: there everything may be different. */
  | { readonly kind: 'link'; readonly customerId: string };

/** The records that are locked while the change is made: also those due, which nobody shall begin with before. */
export function affectedBy(change: SettingChange): ObjectQuery<TaxSyncRecord> {
  return { status: { $in: ['pending', 'processing', 'retrying', 'waiting'] }, ...scopeOf(change) };
}

/** The records that may have looked before the change was committed, and are not past it. */
export function overtakenBy(change: SettingChange): ObjectQuery<TaxSyncRecord> {
  return { status: { $in: ['processing', 'waiting'] }, ...scopeOf(change) };
}

/**
 * Makes exactly those waiting documents due that waited for this change. Runs in the transaction that makes it, which
 * has locked them, and once more when it is committed: who began meanwhile did not see it, and is seen only then. A
 * document on its way right now may have looked too early: it goes round again.
 */
export async function makeDue(em: SqlEntityManager, change: SettingChange, now: Date): Promise<void> {
  const scope = scopeOf(change);
  const waits = em.createQueryBuilder(TaxSyncWait, 'wait').select('record').where(waitsFor(change));
  await em
    .createQueryBuilder(TaxSyncRecord)
    .update({ status: 'pending', dueAt: now, failures: 0, firstFailedAt: null, revision: raw('revision + 1') })
    .where({ id: { $in: notLockedElsewhere(em, { status: 'waiting', id: { $in: waits }, ...scope }) } })
    .execute();
  await em
    .createQueryBuilder(TaxSyncRecord)
    .update({ revision: raw('revision + 1') })
    .where({ id: { $in: notLockedElsewhere(em, { status: 'processing', ...scope }) } })
    .execute();
}

/** How many waiting documents `makeDue` would make due by any of these changes. */
export function countWaiting(em: SqlEntityManager, changes: readonly SettingChange[]): Promise<number> {
  const affected = changes.map((change) => ({
    ...scopeOf(change),
    id: { $in: em.createQueryBuilder(TaxSyncWait, 'wait').select('record').where(waitsFor(change)) },
  }));
  return em.createQueryBuilder(TaxSyncRecord).where({ status: 'waiting', $or: affected }).getCount();
}

function scopeOf(change: SettingChange) {
  return 'customerId' in change ? { customerId: change.customerId } : { connection: change.connectionId };
}

function waitsFor(change: SettingChange) {
  if (change.kind === 'link') return {};
  if (change.kind !== 'item_mapping' || change.itemType === EVERY) return { kind: change.kind };
  const { kind, itemType, itemIds } = change;
  return { kind, itemType, ...(!itemIds.includes(EVERY) && { itemId: { $in: [...itemIds] } }) };
}
