import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock.js';
import { CustomerLink } from '../connection/customer-link.entity.js';
import { joining } from '../joining.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { ConnectionService } from './connection.service.js';

export interface NewCustomerLink {
  readonly customerId: string;
  readonly connectionCode: string;
  /** An existing customer at Anrok. Without it, Anrok creates the customer under the host's id. */
  readonly anrokCustomerId?: string;
}

/** Which customers are taxed by Anrok, and as whom Anrok knows them. */
@Injectable()
export class CustomerLinkService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly connections: ConnectionService,
    private readonly sync: TaxSyncService,
  ) {}

  /** Links a customer, or changes its link. Joins the caller's transaction. @throws ConnectionNotFoundError */
  async link({ customerId, connectionCode, anrokCustomerId }: NewCustomerLink): Promise<void> {
    await joining(this.em).transactional(async (em) => {
      const connection = await this.connections.byCode(connectionCode);
      const wanted = {
        connection: connection.id,
        anrokCustomerId: anrokCustomerId ?? customerId,
        createAtAnrok: anrokCustomerId === undefined,
      };
      const known = await em.findOne(CustomerLink, { customerId }, { refresh: true });
      if (known && isAs(known, wanted)) return;
      const link =
        known ?? em.create(CustomerLink, { id: uuidv7(), customerId, ...wanted, updatedAt: this.clock.now() });
      em.assign(link, { ...wanted, knownAt: null, updatedAt: this.clock.now() });
      await em.persist(link).flush();
      await this.sync.changed({ kind: 'link', customerId });
    });
  }

  /** The customer is no longer taxed by Anrok. Documents that were recorded stay recorded. */
  async unlink(customerId: string): Promise<void> {
    await joining(this.em).nativeDelete(CustomerLink, { customerId });
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

function isAs(link: CustomerLink, wanted: { connection: string; anrokCustomerId: string; createAtAnrok: boolean }) {
  return (
    link.connection.id === wanted.connection &&
    link.anrokCustomerId === wanted.anrokCustomerId &&
    link.createAtAnrok === wanted.createAtAnrok
  );
}
