import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Connection } from '../connection/connection.entity.js';
import { ConnectionNotFoundError } from '../connection/connection.error.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { ItemMappingRow } from '../connection/item-mapping.entity.js';
import { RecentSettings } from '../connection/recent-settings.js';
import { joining } from '../joining.js';
import { TaxSyncRecord } from '../records/tax-sync-record.entity.js';
import { ResyncRun } from '../resync/resync-run.entity.js';
import { ConnectionService } from '../settings/connection.service.js';
import type { ConnectionDependents } from './connection-dependents.js';
import { ConnectionHasHistoryError, ConnectionInUseError } from './connection-removal.error.js';

/** Deletes connections, and says before what depends on them. */
@Injectable()
export class ConnectionRemovalService {
  constructor(
    private readonly em: EntityManager,
    private readonly connections: ConnectionService,
    private readonly settings: RecentSettings,
  ) {}

  /** What keeps the connection, or would go with it. @throws ConnectionNotFoundError */
  async dependents(code: string): Promise<ConnectionDependents> {
    return dependentsOf(joining(this.em), await this.connections.byCode(code));
  }

  /**
   * Deletes a connection over which no document was ever synced, and answers what went with it. Nothing changes at
   * Anrok.
   *
   * @param confirmed that its customers are unlinked and its mappings deleted with it. Default: false.
   * @throws ConnectionNotFoundError, ConnectionHasHistoryError, ConnectionInUseError
   */
  async remove(code: string, { confirmed = false } = {}): Promise<ConnectionDependents> {
    const removed = await joining(this.em).transactional(async (em) => {
      // whoever links, maps or records over it meanwhile waits, and then finds it gone
      const connection = await em.findOne(
        Connection,
        { code },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      if (!connection) throw new ConnectionNotFoundError(code);
      const dependents = await dependentsOf(em, connection);
      const { customers, mappings, documents, runningResyncs } = dependents;
      if (documents > 0) throw new ConnectionHasHistoryError(code, dependents);
      if (runningResyncs > 0 || (customers + mappings > 0 && !confirmed))
        throw new ConnectionInUseError(code, dependents);
      await em.nativeDelete(Connection, { id: connection.id });
      return dependents;
    });
    this.settings.changed();
    return removed;
  }
}

async function dependentsOf(em: EntityManager, { id, code }: Connection): Promise<ConnectionDependents> {
  const connection = id;
  const runs = await em.find(ResyncRun, { status: { $in: ['running', 'cancelling'] } }, { refresh: true });
  return {
    customers: await em.count(CustomerLink, { connection }),
    mappings: await em.count(ItemMappingRow, { connection }),
    documents: await em.count(TaxSyncRecord, { connection }),
    unfinishedDocuments: await em.count(TaxSyncRecord, { connection, status: { $ne: 'synced' } }),
    runningResyncs: runs.filter(({ filter }) => filter.connection === code).length,
  };
}
