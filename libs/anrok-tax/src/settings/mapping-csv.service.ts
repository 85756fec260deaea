import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { ItemMappingRow } from '../connection/item-mapping.entity.js';
import { BillingHost, type ItemPage } from '../host/billing-host.js';
import { RecentSettings } from '../connection/recent-settings.js';
import { joining } from '../joining.js';
import type { ItemMapping, MappingKey } from '../mapping/item-mapping.js';
import { type MappingLine, readMappingCsv, toMappingCsv } from '../mapping/mapping-csv.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { AnrokProductService, type ProductCheck } from './anrok-product.service.js';
import { ConnectionService } from './connection.service.js';
import { InvalidMappingFileError, MappingFileTooLargeError } from './item-mapping.error.js';
import { ItemMappingService } from './item-mapping.service.js';
import { toSettingChanges } from './mapping-changes.js';

export interface MappingImportOptions {
  /** Says what would be done, and does nothing. Default: false. */
  readonly dryRun?: boolean;
  /** Asks Anrok for every product, once each; 200 products at most. Default: true. */
  readonly checkProducts?: boolean;
}

/** A line of the file that says something else than the mapping table. */
export interface MappingChange extends ItemMapping {
  /** The product until now; null where the item was not mapped. */
  readonly before: string | null;
}

export interface MappingImport {
  readonly dryRun: boolean;
  /** How many mappings the file has that were not there, that were others, and that were the same. */
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Those that are created and changed, in the file's order. */
  readonly changes: readonly MappingChange[];
  /** How many documents waited for them, and continue. */
  readonly continuing: number;
  /** Products that Anrok could not be asked for, and why, where that was wanted; they are imported all the same. */
  readonly uncheckedProducts: ProductCheck['unchecked'];
  readonly problem?: ProductCheck['problem'];
}

const MOST_CHARACTERS = 5_000_000;
const MOST_LINES = 10_000;
const MOST_PRODUCTS = 200;
/** How many items and pages of the host's list are read for their names. */
const NAMES_PAGE = 500;
const MOST_NAME_PAGES = 100;

/** The mapping table of a connection as a file for a spreadsheet, out and in. */
@Injectable()
export class MappingCsvService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly host: BillingHost,
    private readonly connections: ConnectionService,
    private readonly mappings: ItemMappingService,
    private readonly products: AnrokProductService,
    private readonly sync: TaxSyncService,
    private readonly settings: RecentSettings,
  ) {}

  /** All mappings as CSV, with the names that the host knows. @throws ConnectionNotFoundError */
  async export(connectionCode: string): Promise<string> {
    const mappings = await this.mappings.list(connectionCode);
    const names = mappings.length === 0 ? new Map<string, string>() : await this.names();
    return toMappingCsv(mappings, (mapping) => names.get(key(mapping)) ?? '');
  }

  /**
   * Maps what the file says, all of it or nothing; what it does not name stays as it is. Documents that waited for what
   * has changed are due again. Not for inside of a transaction where products are checked.
   *
   * @param csv with the columns item_type, item_id (empty for all of the type) and product_external_id;
   *   `fallback` is the type of the fallback
   * @throws ConnectionNotFoundError, MappingFileTooLargeError, InvalidMappingFileError naming every bad line
   */
  async import(
    connectionCode: string,
    csv: string,
    { dryRun = false, checkProducts = true }: MappingImportOptions = {},
  ): Promise<MappingImport> {
    await this.connections.byCode(connectionCode);
    const lines = readLines(csv);
    const { unchecked, problem } = await this.check(connectionCode, lines, checkProducts);
    const found = await joining(this.em).transactional(async (em) => {
      const connection = await this.connections.byCode(connectionCode);
      const rows = await em.find(ItemMappingRow, { connection: connection.id }, { disableIdentityMap: true });
      const productOf = new Map(rows.map((row) => [key(row), row.productExternalId]));
      const mapped = lines.map(({ mapping }) => mapping);
      const changes = mapped
        .map((mapping) => ({ ...mapping, before: productOf.get(key(mapping)) ?? null }))
        .filter(({ before, productExternalId }) => before !== productExternalId);
      const created = changes.filter(({ before }) => before === null).length;
      const continuing = await this.sync.waitingFor(toSettingChanges(connection.id, changes));
      if (!dryRun) await this.write(connection.id, changes);
      const changed = changes.length - created;
      return { created, changed, unchanged: mapped.length - changes.length, changes, continuing };
    });
    if (!dryRun) this.settings.changed();
    return { dryRun, ...found, uncheckedProducts: unchecked, ...(problem && { problem }) };
  }

  private async check(connectionCode: string, lines: readonly MappingLine[], wanted: boolean): Promise<ProductCheck> {
    if (!wanted) return { unknown: [], unchecked: [] };
    const ids = new Set(lines.map(({ mapping }) => mapping.productExternalId));
    if (ids.size > MOST_PRODUCTS)
      throw new MappingFileTooLargeError(
        `${ids.size} products to check`,
        `${MOST_PRODUCTS}`,
        'Divide the file, or import it without having the products checked.',
      );
    const check = await this.products.check(connectionCode, [...ids]);
    const unknown = new Set(check.unknown);
    const flaws = lines
      .filter(({ mapping }) => unknown.has(mapping.productExternalId))
      .map(({ line, mapping }) => ({ line, reason: `Anrok has no product "${mapping.productExternalId}"` }));
    if (flaws.length > 0) throw new InvalidMappingFileError(flaws);
    return check;
  }

  private async write(connection: string, mappings: readonly ItemMapping[]): Promise<void> {
    if (mappings.length === 0) return;
    const updatedAt = this.clock.now();
    const rows = mappings
      // in one order for everybody, so that two imports don't wait for each other
      .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
      .map(({ itemType, itemId, productExternalId }) => ({
        id: uuidv7(),
        connection,
        itemType,
        itemId,
        productExternalId,
        updatedAt,
      }));
    await joining(this.em).upsertMany(ItemMappingRow, rows, {
      onConflictFields: ['connection', 'itemType', 'itemId'],
      onConflictExcludeFields: ['id'],
      batchSize: 500,
      disableIdentityMap: true,
    });
    for (const change of toSettingChanges(connection, mappings)) await this.sync.changed(change);
  }

  private async names(): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    let page: ItemPage | undefined;
    for (let count = 0; count < MOST_NAME_PAGES; count += 1) {
      const request = { limit: NAMES_PAGE, ...(page?.next !== undefined && { after: page.next }) };
      page = await RequestContext.create(this.em.fork(), () => this.host.listItems(request));
      for (const { type, id, name } of page.items) names.set(key({ itemType: type, itemId: id }), name);
      if (page.next === undefined) break;
    }
    return names;
  }
}

/** @throws MappingFileTooLargeError, InvalidMappingFileError */
function readLines(csv: string): readonly MappingLine[] {
  if (csv.length > MOST_CHARACTERS)
    throw new MappingFileTooLargeError(`${csv.length} characters`, `${MOST_CHARACTERS}`);
  const { lines, flaws } = readMappingCsv(csv);
  const count = lines.length + flaws.length;
  if (count > MOST_LINES) throw new MappingFileTooLargeError(`${count} lines`, `${MOST_LINES}`);
  if (flaws.length > 0) throw new InvalidMappingFileError(flaws);
  return lines;
}

function key({ itemType, itemId }: MappingKey): string {
  return JSON.stringify([itemType, itemId]);
}
