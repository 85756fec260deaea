import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { ItemMappingRow } from '../connection/item-mapping.entity.js';
import { joining } from '../joining.js';
import type { ItemMapping } from '../mapping/item-mapping.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { ConnectionService } from './connection.service.js';

/** Which product at Anrok each item of the host is, per connection. */
@Injectable()
export class ItemMappingService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly connections: ConnectionService,
    private readonly sync: TaxSyncService,
  ) {}

  /** @throws ConnectionNotFoundError */
  async list(connectionCode: string): Promise<ItemMapping[]> {
    const connection = await this.connections.byCode(connectionCode);
    return joining(this.em).find(
      ItemMappingRow,
      { connection: connection.id },
      { orderBy: { itemType: 'asc', itemId: 'asc' } },
    );
  }

  /** Maps an item, a whole type or the fallback; documents that waited for it are due again. */
  async upsert(connectionCode: string, mapping: ItemMapping): Promise<void> {
    const { itemType, itemId, productExternalId } = mapping;
    await joining(this.em).transactional(async (em) => {
      const connection = await this.connections.byCode(connectionCode);
      await em.upsert(
        ItemMappingRow,
        { id: uuidv7(), connection: connection.id, itemType, itemId, productExternalId, updatedAt: this.clock.now() },
        { onConflictFields: ['connection', 'itemType', 'itemId'], onConflictExcludeFields: ['id'] },
      );
      await this.sync.changed({ kind: 'item_mapping', connectionId: connection.id, itemType, itemId });
    });
  }
}
