import { type TaxProblem, toLoggable } from '@anrok-nest/tax';
import { EntityManager, type FilterQuery } from '@mikro-orm/core';
import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Clock } from '../clock.js';
import { joining } from '../joining.js';
import { Connection } from './connection.entity.js';
import { RecentSettings } from './recent-settings.js';
import type { UsableConnection } from './usable-connection.js';

export const CONNECTION_UNHEALTHY = 'tax.connection.unhealthy';
export const CONNECTION_HEALTHY = 'tax.connection.healthy';

/** Anrok refused the connection's key. Nothing is sent over it until a test goes through or the key is changed. */
export class ConnectionUnhealthy {
  constructor(
    readonly connectionCode: string,
    readonly problem: TaxProblem,
  ) {}
}

/** The connection works again; what waited for it continues. */
export class ConnectionHealthy {
  constructor(readonly connectionCode: string) {}
}

/** Pauses connections whose key is refused, so that not every document finds that out for itself. */
@Injectable()
export class ConnectionHealth {
  private readonly log = new Logger(ConnectionHealth.name);

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly events: EventEmitter2,
    private readonly settings: RecentSettings,
  ) {}

  /** Unless its key has been changed meanwhile: another may have mended it. */
  async pause({ id, code, encryptedApiKey }: UsableConnection, problem: TaxProblem): Promise<void> {
    const asTried = { id, encryptedApiKey, pausedAt: null };
    const paused = { pausedAt: this.clock.now(), pausedProblem: problem };
    if ((await this.write(asTried, paused)) === 1)
      await this.tell(CONNECTION_UNHEALTHY, new ConnectionUnhealthy(code, problem));
  }

  /** Joins the caller's transaction. Answers whether it was paused: then whoever commits has it told. */
  async resume({ id }: Connection): Promise<boolean> {
    const resumed = { pausedAt: null, pausedProblem: null };
    return (await this.write({ id, pausedAt: { $ne: null } }, resumed)) === 1;
  }

  tellResumed({ code }: Connection): Promise<void> {
    return this.tell(CONNECTION_HEALTHY, new ConnectionHealthy(code));
  }

  private async write(
    where: FilterQuery<Connection>,
    state: Pick<Connection, 'pausedAt' | 'pausedProblem'>,
  ): Promise<number> {
    const count = await joining(this.em).nativeUpdate(Connection, where, state);
    this.settings.changed();
    return count;
  }

  private async tell(event: string, payload: object): Promise<void> {
    try {
      await this.events.emitAsync(event, payload);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('A listener failed', { event, ...what }, stack);
    }
  }
}
