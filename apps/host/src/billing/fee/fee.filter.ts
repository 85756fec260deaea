import type { FilterQuery } from '@mikro-orm/core';
import type { Fee, FeeItemType } from '../invoice/invoice.entity.js';

/** What is absent does not narrow the list. */
export interface FeeFilter {
  /** The caller's own id of the customer. */
  readonly customerId?: string;
  /** The caller's own id of the subscription. */
  readonly subscriptionId?: string;
  readonly eventTransactionId?: string;
  readonly currency?: string;
  readonly itemType?: FeeItemType;
  readonly billableMetricCode?: string;
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
}

export function toCondition(filter: Omit<FeeFilter, 'subscriptionId'>): FilterQuery<Fee> {
  const { customerId, eventTransactionId, currency, itemType, billableMetricCode } = filter;
  const { createdFrom, createdTo } = filter;
  const conditions: FilterQuery<Fee>[] = [
    customerId === undefined ? {} : { customer: { externalId: customerId } },
    eventTransactionId === undefined ? {} : { eventTransactionId },
    currency === undefined ? {} : { currency },
    itemType === undefined ? {} : { itemType },
    billableMetricCode === undefined ? {} : { itemType: 'billable_metric', itemCode: billableMetricCode },
    createdFrom === undefined ? {} : { createdAt: { $gte: createdFrom } },
    createdTo === undefined ? {} : { createdAt: { $lte: createdTo } },
  ];
  return { $and: conditions };
}
