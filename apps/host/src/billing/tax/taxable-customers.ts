import type { TaxCustomer } from '@anrok-nest/tax';
import { EntityManager, raw } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Customer } from '../customer/customer.entity.js';
import { toTaxCustomer } from './to-tax-document.js';

export interface CustomersRequest {
  /** Part of an id or a name, in any case. */
  readonly search?: string;
  /** The last id of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** Billing's door for whoever has to know who is taxed. Needs nothing of the rest of billing, like DocumentTaxes. */
@Injectable()
export class TaxableCustomers {
  constructor(private readonly em: EntityManager) {}

  /** As their next document would have them, by their ids. */
  async list({ search, after, limit }: CustomersRequest): Promise<TaxCustomer[]> {
    const found = await this.em.find(
      Customer,
      {
        ...(search && { $or: ['external_id', 'name', 'legal_name'].map((column) => containing(column, search)) }),
        ...(after !== undefined && { externalId: { $gt: after } }),
      },
      { orderBy: { externalId: 'asc' }, limit },
    );
    return found.map(toTaxCustomer);
  }

  async find(externalId: string): Promise<TaxCustomer | undefined> {
    const customer = await this.em.findOne(Customer, { externalId });
    return customer ? toTaxCustomer(customer) : undefined;
  }
}

/** As it is written: what the database takes for a wildcard is none. */
function containing(column: string, search: string) {
  const pattern = `%${search.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`;
  return { [raw((alias) => `lower(${alias}.${column}) like ? escape '!'`, [pattern])]: [] };
}
