import type { ItemReference } from '@anrok-nest/tax';
import { EntityManager, type EntityName, raw } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { AddOn } from '../add-on/add-on.entity.js';
import { BillableMetric } from '../billable-metric/billable-metric.entity.js';
import type { FeeItemType } from '../invoice/invoice.entity.js';
import { Plan } from '../plan/plan.entity.js';

export interface SoldItem extends ItemReference {
  readonly name: string;
}

export interface SoldItemsRequest {
  /** Part of a code or name, in any case of its letters. */
  readonly search?: string;
  /** The last item of the page before. */
  readonly after?: { readonly type: FeeItemType; readonly code: string };
  readonly limit: number;
}

interface Sellable {
  readonly code: string;
  readonly name: string;
}

/** What fees of each type are for: entities with a code and a name, or one thing. */
const SOLD: Readonly<Record<FeeItemType, { entity: EntityName<Sellable>; condition?: string } | Sellable>> = {
  add_on: { entity: AddOn },
  billable_metric: { entity: BillableMetric },
  fixed_charge: { entity: AddOn, condition: 'id in (select add_on_id from billing_fixed_charge)' },
  subscription: { entity: Plan },
  minimum_commitment: { entity: Plan, condition: 'minimum_commitment_cents is not null' },
  prepaid_credit: { code: 'prepaid_credit', name: 'Prepaid credits' },
};

export const SOLD_TYPES = Object.keys(SOLD) as readonly FeeItemType[];

/** Everything that a fee can be for, as tax knows it. */
@Injectable()
export class SoldItems {
  constructor(private readonly em: EntityManager) {}

  /** Those of a type, by their codes. */
  async list(type: FeeItemType, { search, after, limit }: SoldItemsRequest): Promise<SoldItem[]> {
    const sold = SOLD[type];
    const last = after?.type === type ? after.code : '';
    const found = 'entity' in sold ? await this.find(sold, last, limit, search) : one(sold, last, search);
    return found.map(({ code, name }) => ({ type, id: code, name }));
  }

  private find(
    { entity, condition }: { entity: EntityName<Sellable>; condition?: string },
    after: string,
    limit: number,
    search?: string,
  ): Promise<Sellable[]> {
    const narrowed = [
      { code: { $gt: after } },
      ...(condition === undefined ? [] : [{ [raw(condition)]: [] }]),
      ...(search === undefined ? [] : [{ $or: [contains('code', search), contains('name', search)] }]),
    ];
    return this.em.find(entity, { $and: narrowed }, { orderBy: { code: 'asc' }, limit, disableIdentityMap: true });
  }
}

/** SQLite and PostgreSQL alike: neither's `like` has the other's case and escapes. */
function contains(column: 'code' | 'name', part: string) {
  const pattern = `%${part.replaceAll(/[!%_]/g, '!$&')}%`;
  return { [raw(`lower(${column}) like lower(?) escape '!'`, [pattern])]: [] };
}

function one(item: Sellable, after: string, search = ''): Sellable[] {
  const isFound = [item.code, item.name].some((text) => text.toLowerCase().includes(search.toLowerCase()));
  return isFound && item.code > after ? [item] : [];
}
