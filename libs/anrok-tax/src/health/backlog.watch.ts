import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Connection } from '../connection/connection.entity.js';
import { joining } from '../joining.js';
import { TaxSyncReadModel } from '../records/tax-sync.read-model.js';
import type { HealthFacts } from './judge-health.js';

/** For so long, whoever asks is told the same: scrapes and probes come from many, and often. */
const FRESH_FOR_MS = 5_000;

/** Looks at how the sync stands, at most every few seconds. */
@Injectable()
export class BacklogWatch {
  private last: { readonly at: number; readonly facts: Promise<HealthFacts> } | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly records: TaxSyncReadModel,
  ) {}

  async look(): Promise<HealthFacts> {
    const at = this.clock.now();
    if (this.last && at.getTime() - this.last.at < FRESH_FOR_MS) return this.last.facts;
    const facts = this.lookNow(at);
    const look = { at: at.getTime(), facts };
    this.last = look;
    try {
      return await facts;
    } catch (error) {
      // the next one looks again
      if (this.last === look) this.last = undefined;
      throw error;
    }
  }

  private async lookNow(at: Date): Promise<HealthFacts> {
    const connections = await joining(this.em).find(Connection, {}, { orderBy: { code: 'asc' } });
    return {
      at,
      backlog: await this.records.backlog(),
      workload: await this.records.workload(at),
      connections: connections.map(({ code, pausedAt }) => ({ code, isPaused: pausedAt !== null })),
    };
  }
}
