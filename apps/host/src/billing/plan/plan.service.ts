import { EntityManager, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../billing.error.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { saveUnique } from '../save-unique.js';
import { Subscription } from '../subscription/subscription.entity.js';
import { setCharges } from './plan-charges.js';
import { Plan } from './plan.entity.js';
import { assertCharges, type PlanInput } from './plan.input.js';

const WHOLE = ['charges.billableMetric', 'fixedCharges.addOn'] as const;

/** What the periods of subscriptions follow from, and by what their fees are known. */
const FIXED_IN_USE = ['code', 'interval', 'amountCurrency', 'payInAdvance'] as const;

@Injectable()
export class PlanService {
  constructor(private readonly em: EntityManager) {}

  /**
   * @throws NotFoundError for a billable metric or an add-on
   * @throws InvalidInputError when the code is taken, or a charge can't be
   */
  async create(input: PlanInput): Promise<Plan> {
    assertCharges(input);
    return saveUnique(this.em, 'code', async () => {
      const { charges, fixedCharges, minimumCommitment, ...details } = input;
      const plan = this.em.create(Plan, { ...details, ...toCommitment(minimumCommitment) });
      await setCharges(this.em, plan, { charges, fixedCharges }, false);
      return plan;
    });
  }

  /**
   * Changes what is given. New prices count from the next bill on; what is issued stays as it is.
   *
   * @throws NotFoundError as `create`, and for the plan
   * @throws InvalidInputError as `create`; and when the plan has subscriptions, for what decides when they are billed
   */
  async update(code: string, input: Partial<PlanInput>): Promise<Plan> {
    assertCharges(input);
    return saveUnique(this.em, 'code', async () => {
      const plan = await this.lock(code);
      const isInUse = await this.isInUse(plan);
      const changed = FIXED_IN_USE.filter((field) => input[field] !== undefined && input[field] !== plan[field]);
      if (isInUse && changed.length > 0)
        throw new InvalidInputError(Object.fromEntries(changed.map((field) => [field, ['plan_in_use']])));
      const { charges, fixedCharges, minimumCommitment, ...details } = input;
      this.em.assign(plan, { ...details, ...toCommitment(minimumCommitment) }, { ignoreUndefined: true });
      await setCharges(this.em, plan, { charges, fixedCharges }, isInUse);
      return plan;
    });
  }

  /**
   * @throws NotFoundError
   * @throws NotAllowedError when it has, or had, subscriptions
   */
  async delete(code: string): Promise<Plan> {
    return this.em.transactional(async (em) => {
      const plan = await this.lock(code);
      if (await this.isInUse(plan)) throw new NotAllowedError('plan_in_use');
      em.remove(plan);
      return plan;
    });
  }

  /** @throws NotFoundError */
  async find(code: string): Promise<Plan> {
    const plan = await this.em.findOne(Plan, { code }, { populate: WHOLE });
    if (!plan) throw new NotFoundError('plan');
    return plan;
  }

  /** Newest first. */
  async list(request: PageRequest): Promise<Page<Plan>> {
    const [items, totalCount] = await this.em.findAndCount(
      Plan,
      {},
      { ...toBounds(request), populate: WHOLE, orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    return { items, request, totalCount };
  }

  /** Two steps, because PostgreSQL can't lock the far side of an outer join. */
  private async lock(code: string): Promise<Plan> {
    const lock = { fields: ['id'] as const, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true };
    if (!(await this.em.findOne(Plan, { code }, lock))) throw new NotFoundError('plan');
    return this.em.findOneOrFail(Plan, { code }, { populate: WHOLE, refresh: true });
  }

  private async isInUse(plan: Plan): Promise<boolean> {
    return (await this.em.count(Subscription, { plan })) > 0;
  }
}

function toCommitment(commitment: PlanInput['minimumCommitment']) {
  if (commitment === undefined) return {};
  return {
    minimumCommitmentCents: commitment?.amountCents ?? null,
    minimumCommitmentDisplayName: commitment?.invoiceDisplayName ?? null,
  };
}
