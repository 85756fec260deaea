import type { ItemReference } from '@anrok-nest/tax';
import { EntityManager, raw } from '@mikro-orm/core';
import type { QBFilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { Injectable } from '@nestjs/common';
import { joining } from '../joining.js';
import { TaxSyncWait } from './tax-sync-wait.entity.js';

export interface BlockingItem {
  readonly item: ItemReference;
  /** How many documents wait for a mapping of it. */
  readonly documents: number;
}

/** The items whose mapping documents of a connection wait for. */
@Injectable()
export class BlockingItems {
  constructor(private readonly em: EntityManager) {}

  /** Those that most documents wait for, first. */
  most(connectionId: string, limit: number): Promise<BlockingItem[]> {
    return this.find(connectionId, {}, limit);
  }

  /** How many documents wait for each of these items. */
  async counts(connectionId: string, items: readonly ItemReference[]): Promise<(item: ItemReference) => number> {
    const types = [...new Set(items.map(({ type }) => type))];
    const ids = [...new Set(items.map(({ id }) => id))];
    const found = await this.find(connectionId, { itemType: { $in: types }, itemId: { $in: ids } });
    const documentsOf = new Map(found.map(({ item, documents }) => [key(item), documents]));
    return (item) => documentsOf.get(key(item)) ?? 0;
  }

  private async find(connectionId: string, which: QBFilterQuery<TaxSyncWait>, limit?: number): Promise<BlockingItem[]> {
    const query = (joining(this.em) as SqlEntityManager)
      .createQueryBuilder(TaxSyncWait, 'wait')
      .select(['itemType', 'itemId', raw('count(distinct wait.record_id) as documents')])
      .join('wait.record', 'record')
      .where({ kind: 'item_mapping', record: { connection: connectionId, status: 'waiting' }, ...which } as never)
      .groupBy(['itemType', 'itemId'])
      .orderBy([{ [raw('count(distinct wait.record_id)')]: 'desc' }, { itemType: 'asc' }, { itemId: 'asc' }]);
    const rows = await (limit === undefined ? query : query.limit(limit)).execute<
      { itemType: string; itemId: string; documents: number | string }[]
    >('all');
    return rows.map(({ itemType: type, itemId: id, documents }) => ({
      item: { type, id },
      documents: Number(documents),
    }));
  }
}

function key({ type, id }: ItemReference): string {
  return JSON.stringify([type, id]);
}
