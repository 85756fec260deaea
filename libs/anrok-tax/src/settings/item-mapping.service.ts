import type { TaxProblem } from '@anrok-nest/tax';
import { EntityManager, type ObjectQuery, raw } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { ItemMappingRow } from '../connection/item-mapping.entity.js';
import { mappingsOf } from '../connection/mappings-of.js';
import { RecentSettings } from '../connection/recent-settings.js';
import { joining } from '../joining.js';
import { EVERY, type ItemMapping, type MappingKey, productFinder } from '../mapping/item-mapping.js';
import { flawsOf, writeKey } from '../mapping/mapping-notation.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { AnrokProductService } from './anrok-product.service.js';
import { ConnectionService } from './connection.service.js';
import { InvalidMappingError, MappingNotFoundError } from './item-mapping.error.js';
import { toSettingChanges } from './mapping-changes.js';
import { ProductNotAtAnrokError } from './product-not-at-anrok.error.js';

export interface MappingListRequest {
  /** Part of an item's type or id, or of a product's id, in any case of its letters. */
  readonly search?: string;
  readonly itemType?: string;
  /** `next` of the page before; absent for the first. */
  readonly after?: string;
  readonly limit: number;
}

export interface MappingPage {
  readonly mappings: readonly ItemMapping[];
  /** On all pages together. */
  readonly total: number;
  /** Absent on the last page. */
  readonly next?: string;
}

export interface MappingUpsert {
  /** Whether Anrok has the product; `unchecked` where it was not asked or could not say. */
  readonly product: 'known' | 'unchecked';
  /** Why it could not say. */
  readonly problem?: TaxProblem;
  /** How many documents waited for the mapping, and continue. */
  readonly continuing: number;
}

/** Which product at Anrok each item of the host is, per connection. */
@Injectable()
export class ItemMappingService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly connections: ConnectionService,
    private readonly products: AnrokProductService,
    private readonly sync: TaxSyncService,
    private readonly settings: RecentSettings,
  ) {}

  /** All of them. @throws ConnectionNotFoundError */
  async list(connectionCode: string): Promise<ItemMapping[]> {
    const connection = await this.connections.byCode(connectionCode);
    return joining(this.em).find(
      ItemMappingRow,
      { connection: connection.id },
      { orderBy: { itemType: 'asc', itemId: 'asc' } },
    );
  }

  /** In the order of their types and ids. @throws ConnectionNotFoundError */
  async page(connectionCode: string, { search, itemType, after, limit }: MappingListRequest): Promise<MappingPage> {
    const connection = await this.connections.byCode(connectionCode);
    const wanted: ObjectQuery<ItemMappingRow>[] = [{ connection: connection.id }];
    if (itemType !== undefined) wanted.push({ itemType });
    if (search) wanted.push({ $or: COLUMNS.map((column) => contains(column, search)) });
    const em = joining(this.em);
    const rows = await em.find(
      ItemMappingRow,
      { $and: after === undefined ? wanted : [...wanted, isAfter(after)] },
      { orderBy: { itemType: 'asc', itemId: 'asc' }, limit },
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const total = await em.count(ItemMappingRow, { $and: wanted });
    return { mappings: rows, total, ...(last && { next: `${last.itemType}:${last.itemId}` }) };
  }

  /**
   * Maps an item, a whole type or the fallback; documents that waited for it are due again.
   *
   * @param checkProduct asks Anrok first, so not inside of a transaction. What Anrok has not is not mapped; what Anrok
   *   can't say is mapped all the same, and the answer says so. Default: false.
   * @throws ConnectionNotFoundError, InvalidMappingError, ProductNotAtAnrokError
   */
  async upsert(
    connectionCode: string,
    mapping: ItemMapping,
    { checkProduct = false }: { readonly checkProduct?: boolean } = {},
  ): Promise<MappingUpsert> {
    const { itemType, itemId, productExternalId } = mapping;
    const flaws = flawsOf(mapping);
    if (flaws.length > 0) throw new InvalidMappingError(flaws);
    const check = checkProduct ? await this.products.check(connectionCode, [productExternalId]) : undefined;
    if (check && check.unknown.length > 0) throw new ProductNotAtAnrokError(productExternalId, connectionCode);
    const continuing = await joining(this.em).transactional(async (em) => {
      const connection = await this.connections.byCode(connectionCode);
      await em.upsert(
        ItemMappingRow,
        { id: uuidv7(), connection: connection.id, itemType, itemId, productExternalId, updatedAt: this.clock.now() },
        { onConflictFields: ['connection', 'itemType', 'itemId'], onConflictExcludeFields: ['id'] },
      );
      const changes = toSettingChanges(connection.id, [mapping]);
      const waiting = await this.sync.waitingFor(changes);
      for (const change of changes) await this.sync.changed(change);
      return waiting;
    });
    this.settings.changed();
    if (!check || check.unchecked.length > 0)
      return { product: 'unchecked', ...(check?.problem && { problem: check.problem }), continuing };
    return { product: 'known', continuing };
  }

  /**
   * Takes a mapping out. Nothing changes at Anrok: a document is looked at again when it is synced next. Documents that
   * wait go on where a wider mapping holds now, as after a wrong product was taken out.
   *
   * @throws ConnectionNotFoundError, MappingNotFoundError
   */
  async remove(connectionCode: string, key: MappingKey): Promise<void> {
    const { itemType, itemId } = key;
    await joining(this.em).transactional(async (em) => {
      const connection = await this.connections.byCode(connectionCode);
      const removed = await em.nativeDelete(ItemMappingRow, { connection: connection.id, itemType, itemId });
      if (removed === 0) {
        const written = writeKey(key);
        throw new MappingNotFoundError(connectionCode, written.itemType, written.itemId);
      }
      const item = { type: itemType, id: itemId };
      const isStillMapped = productFinder(await mappingsOf(em, connection.id, [item]))(item) !== undefined;
      if (!isStillMapped || itemType === EVERY) return;
      for (const change of toSettingChanges(connection.id, [key])) await this.sync.changed(change);
    });
    this.settings.changed();
  }
}

/** A type has no colon. */
function isAfter(place: string): ObjectQuery<ItemMappingRow> {
  const colon = place.indexOf(':');
  const itemType = place.slice(0, colon);
  return { $or: [{ itemType: { $gt: itemType } }, { itemType, itemId: { $gt: place.slice(colon + 1) } }] };
}

const COLUMNS = ['item_type', 'item_id', 'product_external_id'];

/** SQLite and PostgreSQL alike: neither's `like` has the other's case and escapes. */
function contains(column: string, part: string) {
  const pattern = `%${part.replaceAll(/[!%_]/g, '!$&')}%`;
  return { [raw(`lower(${column}) like lower(?) escape '!'`, [pattern])]: [] };
}
