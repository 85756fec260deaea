import type { ItemReference } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { Connection } from '../connection/connection.entity.js';
import { mappingsOf } from '../connection/mappings-of.js';
import { BillingHost, type ItemPageRequest } from '../host/billing-host.js';
import { joining } from '../joining.js';
import { EVERY, type MappedProduct, productFinder } from '../mapping/item-mapping.js';
import { BlockingItems } from '../records/blocking-items.js';
import { ConnectionService } from './connection.service.js';

/** Whether an item has a product at Anrok. */
export interface ItemCoverage {
  readonly item: ItemReference;
  /** For people; null where only a waiting document knows the item. */
  readonly name: string | null;
  /** Null: a document over the item waits for a mapping. */
  readonly product: MappedProduct | null;
  /** How many documents wait right now for a mapping of it; also of a covered item whose product Anrok doesn't know. */
  readonly waitingDocuments: number;
}

export interface CoverageRequest extends ItemPageRequest {
  /** Only items without a product. */
  readonly uncovered?: boolean;
}

export interface CoveragePage {
  readonly items: readonly ItemCoverage[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** How many pages the host is asked for at most, to fill one. */
const MOST_HOST_PAGES = 50;

/** Which items have a product at Anrok, on one connection, by the rule that the sync goes by. */
@Injectable()
export class ItemCoverageService {
  constructor(
    private readonly em: EntityManager,
    private readonly host: BillingHost,
    private readonly connections: ConnectionService,
    private readonly blocking: BlockingItems,
  ) {}

  /**
   * What the host sells. A page may hold less than it could, or nothing, and yet not be the last.
   *
   * @throws ConnectionNotFoundError
   */
  async page(connectionCode: string, { uncovered, limit, after, ...which }: CoverageRequest): Promise<CoveragePage> {
    const connection = await this.connections.byCode(connectionCode);
    if (uncovered && (await this.hasFallback(connection))) return { items: [] };
    const found: ItemCoverage[] = [];
    let next = after;
    for (let asked = 0; asked < MOST_HOST_PAGES && found.length < limit; asked += 1) {
      const request = { ...which, limit: limit - found.length, ...(next !== undefined && { after: next }) };
      const page = await RequestContext.create(this.em.fork(), () => this.host.listItems(request));
      const covered = await this.of(connection, page.items);
      found.push(...(uncovered ? covered.filter(({ product }) => product === null) : covered));
      next = page.next;
      if (next === undefined) break;
    }
    return { items: found, ...(next !== undefined && { next }) };
  }

  /**
   * The items that documents wait for, also those that the host doesn't list: what blocks most comes first.
   *
   * @throws ConnectionNotFoundError
   */
  async blocked(connectionCode: string, limit = 100): Promise<ItemCoverage[]> {
    const connection = await this.connections.byCode(connectionCode);
    const items = await this.blocking.most(connection.id, limit);
    return this.of(
      connection,
      items.map(({ item }) => ({ ...item, name: null })),
    );
  }

  private async of(
    connection: Connection,
    items: readonly (ItemReference & { readonly name: string | null })[],
  ): Promise<ItemCoverage[]> {
    if (items.length === 0) return [];
    const findProduct = productFinder(await mappingsOf(joining(this.em), connection.id, items));
    const documentsOf = await this.blocking.counts(connection.id, items);
    return items.map(({ type, id, name }) => ({
      item: { type, id },
      name,
      product: findProduct({ type, id }) ?? null,
      waitingDocuments: documentsOf({ type, id }),
    }));
  }

  private async hasFallback(connection: Connection): Promise<boolean> {
    const mappings = await mappingsOf(joining(this.em), connection.id, []);
    return productFinder(mappings)({ type: EVERY, id: EVERY }) !== undefined;
  }
}
