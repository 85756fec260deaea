import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InvalidInputError, NotFoundError } from '../billing.error.js';
import { Invoice } from '../invoice/invoice.entity.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { nextInSequence } from '../sequence/next-in-sequence.js';
import { Subscription } from '../subscription/subscription.entity.js';
import { Wallet } from '../wallet/wallet.entity.js';
import {
  type CustomerIntegration,
  type CustomerIntegrationRequest,
  CustomerIntegrations,
} from './customer-integrations.js';
import { Customer } from './customer.entity.js';
import { CUSTOMER_UPDATED, CustomerUpdated } from './customer.event.js';
import { lockCustomer } from './lock-customer.js';
import type { PostalAddress } from './postal-address.embeddable.js';

type CustomerDetails = Omit<
  Customer,
  'id' | 'externalId' | 'sequentialId' | 'address' | 'shippingAddress' | 'createdAt' | 'updatedAt'
>;

/** What a caller says of a customer: what is absent stays as it is, null takes it away. */
export interface CustomerInput extends Partial<CustomerDetails> {
  readonly externalId: string;
  readonly address?: Partial<PostalAddress>;
  readonly shippingAddress?: Partial<PostalAddress>;
  readonly integrations?: readonly CustomerIntegrationRequest[];
}

@Injectable()
export class CustomerService {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
    private readonly integrations: CustomerIntegrations,
  ) {}

  /**
   * Makes the customer, or changes what is given of it. Tells `customer.updated` when an existing one changed.
   *
   * @throws InvalidInputError when it has invoices, subscriptions or wallets in another currency, or a tie to another
   * system can't be made
   */
  async upsert({ externalId, address, shippingAddress, integrations, ...details }: CustomerInput): Promise<Customer> {
    return this.em.transactional(async () => {
      const { customer, isNew } = await this.findOrCreate(externalId);
      await this.assertCurrencyMayChange(customer, details.currency);

      const changed = [
        change(customer, details),
        change(customer.address, address ?? {}),
        change(customer.shippingAddress, shippingAddress ?? {}),
      ].includes(true);
      await this.em.flush();
      if (integrations) await this.integrations.link(externalId, integrations);
      if (changed && !isNew) await this.events.emitAsync(CUSTOMER_UPDATED, new CustomerUpdated(externalId));
      return customer;
    });
  }

  /** @throws NotFoundError */
  async find(externalId: string): Promise<Customer> {
    const customer = await this.em.findOne(Customer, { externalId });
    if (!customer) throw new NotFoundError('customer');
    return customer;
  }

  /** Newest first. */
  async list(request: PageRequest): Promise<Page<Customer>> {
    const [items, totalCount] = await this.em.findAndCount(
      Customer,
      {},
      { ...toBounds(request), orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    return { items, request, totalCount };
  }

  /** The customers' ties to other systems; a customer without any may be missing. */
  integrationsOf(customers: readonly Customer[]): Promise<ReadonlyMap<string, readonly CustomerIntegration[]>> {
    return this.integrations.of([...new Set(customers.map((customer) => customer.externalId))]);
  }

  private async findOrCreate(externalId: string): Promise<{ customer: Customer; isNew: boolean }> {
    const known = await lockCustomer(this.em, externalId);
    if (known) return { customer: known, isNew: false };
    const sequentialId = await nextInSequence(this.em, 'customer');
    // whoever made the same customer at the same moment held the sequence until now: a second look is conclusive
    const madeMeanwhile = await lockCustomer(this.em, externalId);
    if (madeMeanwhile) return { customer: madeMeanwhile, isNew: false };
    const customer = this.em.create(Customer, { externalId, sequentialId, address: {}, shippingAddress: {} });
    return { customer, isNew: true };
  }

  private async assertCurrencyMayChange(customer: Customer, currency: string | null | undefined): Promise<void> {
    if (currency === undefined || !customer.currency || currency === customer.currency) return;
    const counts = [
      await this.em.count(Invoice, { customer }),
      await this.em.count(Subscription, { customer }),
      await this.em.count(Wallet, { customer }),
    ];
    if (counts.some((count) => count > 0)) throw new InvalidInputError({ currency: ['currencies_does_not_match'] });
  }
}

/** Assigns what is given and different. Answers whether there was anything. */
function change<T extends object>(current: T, wanted: Partial<T>): boolean {
  const different = (Object.keys(wanted) as (keyof T)[]).filter(
    (key) => wanted[key] !== undefined && wanted[key] !== (current[key] ?? null),
  );
  for (const key of different) current[key] = wanted[key]!;
  return different.length > 0;
}
