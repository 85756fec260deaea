import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../billing.error.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { Charge } from '../plan/plan.entity.js';
import { saveUnique } from '../save-unique.js';
import { BillableMetric } from './billable-metric.entity.js';

export type BillableMetricInput = Pick<BillableMetric, 'code' | 'name' | 'description' | 'aggregation' | 'fieldName'>;

/** What usage that is recorded already depends on. */
const FIXED_WHEN_CHARGED = ['code', 'aggregation', 'fieldName'] as const;

@Injectable()
export class BillableMetricService {
  constructor(private readonly em: EntityManager) {}

  /** @throws InvalidInputError when the code is taken, or the property to aggregate isn't named */
  async create(input: BillableMetricInput): Promise<BillableMetric> {
    return saveUnique(this.em, 'code', async () => whole(this.em.create(BillableMetric, input)));
  }

  /**
   * Changes what is given.
   *
   * @throws NotFoundError
   * @throws InvalidInputError as `create`; and when a plan charges for it, for what its usage is known or counted by
   */
  async update(code: string, input: Partial<BillableMetricInput>): Promise<BillableMetric> {
    return saveUnique(this.em, 'code', async () => {
      const metric = await this.lock(code);
      const changed = FIXED_WHEN_CHARGED.filter(
        (field) => input[field] !== undefined && input[field] !== metric[field],
      );
      if (changed.length > 0 && (await this.isCharged(metric)))
        throw new InvalidInputError(Object.fromEntries(changed.map((field) => [field, ['attached_to_a_plan']])));
      return whole(this.em.assign(metric, input, { ignoreUndefined: true }));
    });
  }

  /**
   * @throws NotFoundError
   * @throws NotAllowedError when a plan charges for it
   */
  async delete(code: string): Promise<BillableMetric> {
    return this.em.transactional(async (em) => {
      const metric = await this.lock(code);
      if (await this.isCharged(metric)) throw new NotAllowedError('attached_to_a_plan');
      em.remove(metric);
      return metric;
    });
  }

  /** @throws NotFoundError */
  async find(code: string): Promise<BillableMetric> {
    const metric = await this.em.findOne(BillableMetric, { code });
    if (!metric) throw new NotFoundError('billable_metric');
    return metric;
  }

  /** Newest first. */
  async list(request: PageRequest): Promise<Page<BillableMetric>> {
    const [items, totalCount] = await this.em.findAndCount(
      BillableMetric,
      {},
      { ...toBounds(request), orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    return { items, request, totalCount };
  }

  private async lock(code: string): Promise<BillableMetric> {
    const options = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true };
    const metric = await this.em.findOne(BillableMetric, { code }, options);
    if (!metric) throw new NotFoundError('billable_metric');
    return metric;
  }

  private async isCharged(billableMetric: BillableMetric): Promise<boolean> {
    return (await this.em.count(Charge, { billableMetric })) > 0;
  }
}

/** Only counting needs no property. */
function whole(metric: BillableMetric): BillableMetric {
  if (metric.aggregation !== 'count' && !metric.fieldName)
    throw new InvalidInputError({ fieldName: ['value_is_mandatory'] });
  return metric;
}
