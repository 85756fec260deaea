import { type AnrokClient, AnrokError, AnrokUnauthorizedError } from '@anrok-nest/client';
import { EntityManager, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { AnrokClients } from '../connection/anrok-clients.js';
import { ApiKeyCipher } from '../connection/api-key.cipher.js';
import { Connection } from '../connection/connection.entity.js';
import { ConnectionHealth } from '../connection/connection.health.js';
import {
  ApiKeyNotTestedError,
  ApiKeyRefusedError,
  ConnectionCodeTakenError,
  ConnectionNotFoundError,
  KeyOfAnotherAccountError,
} from '../connection/connection.error.js';
import { RecentSettings } from '../connection/recent-settings.js';
import { joining } from '../joining.js';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';

export interface NewConnection {
  readonly code: string;
  readonly name: string;
  readonly apiKey: string;
}

/** The Anrok accounts that the host is connected to. */
@Injectable()
export class ConnectionService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly cipher: ApiKeyCipher,
    private readonly clients: AnrokClients,
    private readonly sync: TaxSyncService,
    private readonly health: ConnectionHealth,
    private readonly settings: RecentSettings,
  ) {}

  list(): Promise<Connection[]> {
    return joining(this.em).find(Connection, {}, { orderBy: { code: 'asc' } });
  }

  /** @throws ConnectionNotFoundError */
  async byCode(code: string): Promise<Connection> {
    const connection = await joining(this.em).findOne(Connection, { code }, { refresh: true });
    if (!connection) throw new ConnectionNotFoundError(code);
    return connection;
  }

  /** @throws ConnectionCodeTakenError */
  async create({ code, name, apiKey }: NewConnection): Promise<Connection> {
    const now = this.clock.now();
    const id = uuidv7();
    const em = joining(this.em);
    const connection = em.create(Connection, {
      id,
      code,
      name,
      ...this.keyOf(id, apiKey),
      createdAt: now,
      updatedAt: now,
    });
    try {
      await em.persist(connection).flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) throw new ConnectionCodeTakenError(code);
      throw error;
    }
    return connection;
  }

  /**
   * A new key makes documents due again that waited for a working one.
   *
   * @param testKey asks Anrok first whether it takes the new key, so not inside of a transaction. A key that it refuses,
   *   or can't be asked about, is not stored. Default: false.
   * @throws ConnectionNotFoundError, KeyOfAnotherAccountError, ApiKeyRefusedError, ApiKeyNotTestedError
   */
  async update(
    code: string,
    { name, apiKey }: Partial<Omit<NewConnection, 'code'>>,
    { testKey = false }: { readonly testKey?: boolean } = {},
  ): Promise<Connection> {
    if (apiKey !== undefined) {
      this.assertSameAccount(await this.byCode(code), apiKey);
      if (testKey) await this.assertWorking(code, apiKey);
    }
    let isResumed = false;
    const updated = await joining(this.em).transactional(async (em) => {
      const connection = await this.byCode(code);
      em.assign(connection, {
        ...(name !== undefined && { name }),
        ...(apiKey !== undefined && this.keyOf(connection.id, apiKey)),
        updatedAt: this.clock.now(),
      });
      await em.flush();
      if (apiKey === undefined) return connection;
      isResumed = await this.resume(connection);
      return em.refreshOrFail(connection);
    });
    this.settings.changed();
    if (isResumed) await this.health.tellResumed(updated);
    return updated;
  }

  /**
   * Makes sure that there is a connection of this code with this key: for hosts that have the key in their
   * environment. Asks Anrok nothing.
   *
   * @throws KeyOfAnotherAccountError
   */
  async ensure(wanted: NewConnection): Promise<Connection> {
    const existing = await joining(this.em).findOne(Connection, { code: wanted.code });
    if (!existing) return this.create(wanted);
    const { encryptedApiKey, id } = existing;
    return this.cipher.isOf(encryptedApiKey, id, wanted.apiKey) ? existing : this.update(wanted.code, wanted);
  }

  /** Asks Anrok whether it takes the key, and leaves everything as it is. @throws AnrokError, ApiKeyUnreadableError */
  async ask(connection: Connection): Promise<void> {
    await tryOut(this.clients.evenPaused(connection));
  }

  /**
   * Asks Anrok whether it takes the key. If it does, a paused connection goes on, and with it what waited for it; if
   * not, it is paused.
   *
   * @throws AnrokError, ApiKeyUnreadableError
   */
  async test(connection: Connection): Promise<void> {
    try {
      await this.ask(connection);
    } catch (error) {
      if (error instanceof AnrokUnauthorizedError) await this.health.pause(connection, toTaxProblem(error));
      throw error;
    }
    const isResumed = await joining(this.em).transactional(() => this.resume(connection));
    if (isResumed) await this.health.tellResumed(connection);
  }

  private async resume(connection: Connection): Promise<boolean> {
    const isResumed = await this.health.resume(connection);
    await this.sync.changed({ kind: 'connection', connectionId: connection.id });
    return isResumed;
  }

  /** A connection whose account can't be told takes any key: nobody knows better. */
  private assertSameAccount({ code, sellerId }: Connection, apiKey: string): void {
    const other = this.clients.make(apiKey).sellerId;
    if (sellerId && other !== sellerId) throw new KeyOfAnotherAccountError(code, sellerId, other);
  }

  private async assertWorking(code: string, apiKey: string): Promise<void> {
    try {
      await tryOut(this.clients.make(apiKey));
    } catch (error) {
      if (error instanceof AnrokUnauthorizedError) throw new ApiKeyRefusedError(code);
      throw error instanceof AnrokError ? new ApiKeyNotTestedError(code, toTaxProblem(error)) : error;
    }
  }

  private keyOf(id: string, apiKey: string): Pick<Connection, 'encryptedApiKey' | 'sellerId' | 'maskedApiKey'> {
    return {
      encryptedApiKey: this.cipher.encrypt(apiKey, id),
      sellerId: this.clients.make(apiKey).sellerId ?? null,
      maskedApiKey: mask(apiKey),
    };
  }
}

/** Reads a list that every account has, and changes nothing. */
async function tryOut({ productTaxCategories }: Pick<AnrokClient, 'productTaxCategories'>): Promise<void> {
  await productTaxCategories.list({ timeoutMs: 10_000 });
}

/** `sandbox/key1/secret.1234567890` → `sandbox/key1/••••`: enough to recognise a key by, nothing of its secret. */
function mask(apiKey: string): string {
  const slash = apiKey.lastIndexOf('/');
  return `${apiKey.slice(0, slash + 1)}••••`;
}
