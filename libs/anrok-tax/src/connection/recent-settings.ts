import type { ItemReference, TaxCustomer } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import QuickLRU from 'quick-lru';
import { Clock } from '../clock.js';
import { type FindProduct, productFinder } from '../mapping/item-mapping.js';
import { readAccountSettings } from './account-settings.js';
import type { UsableConnection } from './usable-connection.js';

/** For how long settings are taken for what they were. */
const LIFE_MS = 1_000;

/** Beyond so many customers, those are forgotten that nobody asked about for the longest time. */
const MOST_CUSTOMERS = 1_000;

/** Over which connection a customer is taxed, who it is there, and which products its items are. */
export interface SettingsInUse {
  readonly connection: UsableConnection;
  readonly anrokCustomerId: string;
  readonly findProduct: FindProduct;
}

interface Recent extends SettingsInUse {
  /** Milliseconds since 1970, before the database was asked. */
  readonly readAt: number;
  /** By type, the ids of those that were asked for. */
  readonly items: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What estimates go by: the settings as they are now, or as they were at most a second ago where the answer may be a day
 * old anyway, which spares the database what is asked again and again. What this process changes is seen at once, what
 * others change within the second.
 */
@Injectable()
export class RecentSettings {
  private readonly recent = new QuickLRU<string, Recent>({ maxSize: MOST_CUSTOMERS });
  private changedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /**
   * Says that this process has changed a link, a connection or a mapping. For a second nothing is kept: by then the
   * transaction has ended, or else what was read meanwhile lives a second longer than it.
   */
  changed(): void {
    this.changedAt = this.now();
  }

  /** As they are now. @throws CustomerNotLinkedError, ConnectionNotFoundError */
  async read(customer: Pick<TaxCustomer, 'id' | 'account'>, items: readonly ItemReference[]): Promise<SettingsInUse> {
    const { connection, anrokCustomerId, mappings } = await readAccountSettings(this.em, customer, items);
    return { connection, anrokCustomerId, findProduct: productFinder(mappings) };
  }

  /** As they were at most a second ago; in a transaction as it sees them. @throws as `read` */
  async recall(customer: Pick<TaxCustomer, 'id' | 'account'>, items: readonly ItemReference[]): Promise<SettingsInUse> {
    if (this.em.isInTransaction()) return this.read(customer, items);
    const { id, account } = customer;
    const key = JSON.stringify([id, account?.code, account?.customerId]);
    const known = this.recent.get(key);
    if (known && this.isRecent(known) && items.every((item) => known.items.get(item.type)?.has(item.id))) return known;
    const readAt = this.now();
    const read = { ...(await this.read(customer, items)), readAt, items: idsByType(items) };
    this.recent.set(key, read);
    return read;
  }

  private isRecent({ readAt }: Recent): boolean {
    const age = this.now() - readAt;
    // a clock that was set back makes nothing young again
    return age >= 0 && age < LIFE_MS && readAt - this.changedAt >= LIFE_MS;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function idsByType(items: readonly ItemReference[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { type, id } of items) ids.set(type, (ids.get(type) ?? new Set()).add(id));
  return ids;
}
