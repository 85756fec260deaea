import { EntityManager, raw } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { CustomerLinkNotFoundError } from '../connection/connection.error.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { RecentSettings } from '../connection/recent-settings.js';
import { joining } from '../joining.js';
import type { SettingChange } from '../requests/make-due.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { ConnectionService } from './connection.service.js';

export interface NewCustomerLink {
  readonly customerId: string;
  readonly connectionCode: string;
  /** An existing customer at Anrok. Without it, Anrok creates the customer under the host's id. */
  readonly anrokCustomerId?: string;
}

export interface CustomerLinkPageRequest {
  /** Part of the host's id of the customer, in any case. */
  readonly search?: string;
  readonly connectionCode?: string;
  /** `next` of the page before; absent for the first. */
  readonly after?: string;
  readonly limit: number;
}

export interface CustomerLinkPage {
  readonly links: readonly CustomerLink[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Which customers are taxed by Anrok, and as whom Anrok knows them. */
@Injectable()
export class CustomerLinkService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly connections: ConnectionService,
    private readonly sync: TaxSyncService,
    private readonly settings: RecentSettings,
  ) {}

  /**
   * Links a customer, or changes its link, and answers how many of its documents waited and continue. Joins the
   * caller's transaction.
   *
   * @throws ConnectionNotFoundError
   */
  async link({ customerId, connectionCode, anrokCustomerId }: NewCustomerLink): Promise<number> {
    const continuing = await joining(this.em).transactional(async (em) => {
      const connection = await this.connections.byCode(connectionCode);
      const wanted = {
        connection: connection.id,
        anrokCustomerId: anrokCustomerId ?? customerId,
        createAtAnrok: anrokCustomerId === undefined,
      };
      const known = await em.findOne(CustomerLink, { customerId }, { refresh: true });
      if (known && isAs(known, wanted)) return 0;
      const link =
        known ?? em.create(CustomerLink, { id: uuidv7(), customerId, ...wanted, updatedAt: this.clock.now() });
      em.assign(link, { ...wanted, knownAt: null, updatedAt: this.clock.now() });
      await em.persist(link).flush();
      const change: SettingChange = { kind: 'link', customerId };
      const waiting = await this.sync.waitingFor([change]);
      await this.sync.changed(change);
      return waiting;
    });
    this.settings.changed();
    return continuing;
  }

  /** The customer is no longer taxed by Anrok. Documents that were recorded stay recorded. */
  async unlink(customerId: string): Promise<void> {
    await joining(this.em).nativeDelete(CustomerLink, { customerId });
    this.settings.changed();
  }

  /** By the customers' ids. */
  async list({ search, connectionCode, after, limit }: CustomerLinkPageRequest): Promise<CustomerLinkPage> {
    const found = await joining(this.em).find(
      CustomerLink,
      {
        ...(search && containing(search)),
        ...(connectionCode !== undefined && { connection: { code: connectionCode } }),
        ...(after !== undefined && { customerId: { $gt: after } }),
      },
      { populate: ['connection'], orderBy: { customerId: 'asc' }, limit: limit + 1, refresh: true },
    );
    const links = found.slice(0, limit);
    return { links, ...(found.length > limit && { next: links.at(-1)!.customerId }) };
  }

  /** @throws CustomerLinkNotFoundError */
  async byCustomer(customerId: string): Promise<CustomerLink> {
    const [link] = await this.of([customerId]);
    if (!link) throw new CustomerLinkNotFoundError(customerId);
    return link;
  }

  /** The links of these customers, with their connections. */
  of(customerIds: readonly string[]): Promise<CustomerLink[]> {
    return joining(this.em).find(
      CustomerLink,
      { customerId: { $in: [...customerIds] } },
      { populate: ['connection'], refresh: true },
    );
  }
}

/** As it is written: what the database takes for a wildcard is none. */
function containing(search: string) {
  const pattern = `%${search.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`;
  return { [raw((alias) => `lower(${alias}.customer_id) like ? escape '!'`, [pattern])]: [] };
}

function isAs(link: CustomerLink, wanted: { connection: string; anrokCustomerId: string; createAtAnrok: boolean }) {
  return (
    link.connection.id === wanted.connection &&
    link.anrokCustomerId === wanted.anrokCustomerId &&
    link.createAtAnrok === wanted.createAtAnrok
  );
}
