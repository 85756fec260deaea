import type { LimitUsage } from '@anrok-nest/client';
import { Injectable } from '@nestjs/common';
import { AnrokBudget } from '../../connection/anrok-budget.js';
import type { Connection } from '../../connection/connection.entity.js';
import { type Backlog, TaxSyncReadModel } from '../../records/tax-sync.read-model.js';
import { ConnectionService } from '../../settings/connection.service.js';

export interface ConnectionStanding {
  readonly connection: Connection;
  readonly usage: LimitUsage | undefined;
  /** The longest waiting first. */
  readonly backlog: readonly Backlog[];
}

/** How the Anrok accounts are: what is not done over each, and how much of its limit is used. */
@Injectable()
export class ConnectionStandings {
  constructor(
    private readonly connections: ConnectionService,
    private readonly records: TaxSyncReadModel,
    private readonly budget: AnrokBudget,
  ) {}

  async all(): Promise<ConnectionStanding[]> {
    const [connections, backlog] = await Promise.all([this.connections.list(), this.records.backlog()]);
    return Promise.all(
      connections.map(async (connection) => ({
        connection,
        usage: await this.budget.of(connection),
        backlog: backlog.filter(({ connectionCode }) => connectionCode === connection.code),
      })),
    );
  }
}
