import {
  type AnrokClient,
  AnrokConflictError,
  AnrokError,
  AnrokInvalidRequestError,
  type AnrokProduct,
  type AnrokProductDraft,
  type AnrokProductTaxCategory,
} from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { toTaxError } from '../connection/anrok-call.error.js';
import { AnrokClients } from '../connection/anrok-clients.js';
import type { Connection } from '../connection/connection.entity.js';
import { ItemMappingRow } from '../connection/item-mapping.entity.js';
import { joining } from '../joining.js';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { ConnectionService } from './connection.service.js';
import { toSettingChanges } from './mapping-changes.js';
import { ProductNotAtAnrokError } from './product-not-at-anrok.error.js';

/** What Anrok says to product ids. */
export interface ProductCheck {
  /** Anrok has no such products. */
  readonly unknown: readonly string[];
  /** Nobody knows whether it has these. */
  readonly unchecked: readonly string[];
  /** Why nobody knows; absent where all were checked, or none was to be. */
  readonly problem?: TaxProblem;
}

/** Milliseconds for one question. */
const PATIENCE = { timeoutMs: 10_000 };
/** How many products are asked for at a time. */
const AT_A_TIME = 10;

/** The products of a connection's Anrok account. Asks Anrok: nothing for inside of a transaction. */
@Injectable()
export class AnrokProductService {
  constructor(
    private readonly em: EntityManager,
    private readonly connections: ConnectionService,
    private readonly clients: AnrokClients,
    private readonly sync: TaxSyncService,
  ) {}

  /** @throws ConnectionNotFoundError, ProductNotAtAnrokError, AnrokCallFailedError, ConnectionPausedError */
  get(connectionCode: string, externalId: string): Promise<AnrokProduct> {
    return this.ask(connectionCode, async ({ products }, { code }) => {
      try {
        return await products.get(externalId, PATIENCE);
      } catch (error) {
        throw isUnknown(error) ? new ProductNotAtAnrokError(externalId, code) : error;
      }
    });
  }

  /**
   * Creates a product; documents that waited because Anrok did not know it are due again.
   *
   * @throws ConnectionNotFoundError, AnrokCallFailedError, ConnectionPausedError
   */
  async create(connectionCode: string, draft: AnrokProductDraft): Promise<void> {
    await this.ask(connectionCode, ({ products }) => products.create(draft, PATIENCE));
    const { id } = await this.connections.byCode(connectionCode);
    const mapped = await joining(this.em).find(ItemMappingRow, { connection: id, productExternalId: draft.externalId });
    for (const change of toSettingChanges(id, mapped)) await this.sync.changed(change);
  }

  /**
   * The tax categories that products of the account can have.
   *
   * @throws ConnectionNotFoundError, AnrokCallFailedError, ConnectionPausedError
   */
  taxCategories(connectionCode: string): Promise<readonly AnrokProductTaxCategory[]> {
    return this.ask(connectionCode, ({ productTaxCategories }) => productTaxCategories.list(PATIENCE));
  }

  /**
   * Whether Anrok has these products, each asked for once. Where Anrok can't say, because it does not answer or refuses
   * the key, the rest is `unchecked`: that is no reason to stop a person, as the sync names a product that is not there.
   *
   * @throws ConnectionNotFoundError
   */
  async check(connectionCode: string, externalIds: readonly string[]): Promise<ProductCheck> {
    const connection = await this.connections.byCode(connectionCode);
    const ids = [...new Set(externalIds)];
    const unknown: string[] = [];
    for (let from = 0; from < ids.length; from += AT_A_TIME) {
      const asked = ids.slice(from, from + AT_A_TIME);
      const answers = await Promise.all(asked.map((id) => this.isKnown(connection, id)));
      unknown.push(...asked.filter((_, index) => answers[index] === false));
      const problem = answers.find((answer) => typeof answer === 'object');
      const unchecked = [
        ...asked.filter((_, index) => typeof answers[index] === 'object'),
        ...ids.slice(from + AT_A_TIME),
      ];
      if (problem) return { unknown, unchecked, problem };
    }
    return { unknown, unchecked: [] };
  }

  private async isKnown(connection: Connection, externalId: string): Promise<boolean | TaxProblem> {
    try {
      await this.clients.for(connection).products.get(externalId, PATIENCE);
      return true;
    } catch (error) {
      if (isUnknown(error)) return false;
      if (error instanceof AnrokError) return toTaxProblem(error);
      if (error instanceof TaxError) return error.problem;
      throw error;
    }
  }

  private async ask<T>(
    connectionCode: string,
    question: (client: AnrokClient, connection: Connection) => Promise<T>,
  ): Promise<T> {
    const connection = await this.connections.byCode(connectionCode);
    try {
      return await question(this.clients.for(connection), connection);
    } catch (error) {
      throw toTaxError(error, connection);
    }
  }
}

/** Also of an id that no product can have: the client does not send it. */
function isUnknown(error: unknown): boolean {
  return (
    error instanceof AnrokInvalidRequestError ||
    (error instanceof AnrokConflictError && error.type === 'productExternalIdNotFound')
  );
}
