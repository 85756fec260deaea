import { type MinorUnits, sumOf, type TaxableLine, TaxError, TaxStrategyRegistry, toLoggable } from '@anrok-nest/tax';
import { EntityManager, RequestContext } from '@mikro-orm/core';
import { Injectable, Logger } from '@nestjs/common';
import { validate } from 'uuid';
import { NotAllowedError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { calendarDate } from '../invoice/calendar-date.js';
import { arrearsCharges } from '../pricing/period-fees.js';
import { currentPeriodOf } from '../subscription/subscription-status.js';
import { Subscription } from '../subscription/subscription.entity.js';
import { toTaxCustomer } from '../tax/to-tax-document.js';
import { isOwed, loadChargeUsage, toUsageLine } from '../usage/charge-usage.js';
import { walletStatusOf } from './wallet-balance.js';
import { Wallet } from './wallet.entity.js';

const REFRESH_EVERY_MS = 5 * 60_000;

/** Wallets at a time: an answer that is long in coming holds up few others. */
const CONCURRENCY = 4;

/**
 * Keeps what the running periods cost beside what is in the wallets: all subscriptions of a customer together, fees and
 * taxes. Where there is no answer to what the tax is, what was known last stays, marked as old, until there is one:
 * nobody has to do anything to the wallet for that.
 */
@Injectable()
export class WalletRefresher {
  private readonly log = new Logger(WalletRefresher.name);

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly strategies: TaxStrategyRegistry,
  ) {}

  /** Refreshes the wallets that are due, and answers how many that were. Several processes share them. */
  async refreshDue(): Promise<number> {
    const now = this.clock.now();
    const due = await this.em
      .fork()
      .find(
        Wallet,
        { refreshDueAt: { $lte: now }, terminatedAt: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] },
        { fields: ['id', 'refreshDueAt'], orderBy: { refreshDueAt: 'asc', id: 'asc' } },
      );
    let count = 0;
    const queue = due.values();
    const work = async () => {
      for (const wallet of queue) if (await this.attempt(wallet)) count += 1;
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    return count;
  }

  /**
   * Refreshes one now.
   *
   * @throws NotFoundError
   * @throws NotAllowedError when it has ended
   */
  async refresh(id: string): Promise<void> {
    const wallet = validate(id)
      ? await this.em.findOne(Wallet, { id }, { populate: ['customer'], refresh: true })
      : null;
    if (!wallet) throw new NotFoundError('wallet');
    const now = this.clock.now();
    if (walletStatusOf(wallet, now) !== 'active') throw new NotAllowedError('wallet_is_terminated');
    try {
      const usageCents = await this.usageOf(wallet);
      await this.write(id, { usageCents, refreshedAt: now, staleSince: null, staleProblem: null });
    } catch (error) {
      if (!(error instanceof TaxError)) throw error;
      await this.write(id, { staleSince: wallet.staleSince ?? now, staleProblem: error.problem });
    }
  }

  /** What goes wrong with one of them is no reason to keep the others waiting. Answers whether it was still due. */
  private async attempt({ id, refreshDueAt }: Pick<Wallet, 'id' | 'refreshDueAt'>): Promise<boolean> {
    try {
      return await RequestContext.create(this.em, async () => {
        // whoever moves it on has it; one whose process dies is due again later
        const isTaken = await this.em.nativeUpdate(Wallet, { id, refreshDueAt }, { refreshDueAt: this.next() });
        if (isTaken === 1) await this.refresh(id);
        return isTaken === 1;
      });
    } catch (error) {
      if (error instanceof NotAllowedError) return false;
      const { stack, ...what } = toLoggable(error);
      this.log.error('A wallet was not refreshed', { walletId: id, ...what }, stack);
      return false;
    }
  }

  /** Asks once for everything, and nobody for nothing. What is paid for at once has been billed already. */
  private async usageOf({ id, customer, currency }: Wallet): Promise<MinorUnits> {
    const now = this.clock.now();
    const subscriptions = await this.em.find(
      Subscription,
      { customer: customer.id, plan: { amountCurrency: currency }, terminatedAt: null, canceledAt: null },
      { populate: ['plan.charges.billableMetric'], orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    const lines: TaxableLine[] = [];
    for (const subscription of subscriptions) {
      const period = currentPeriodOf(subscription, now);
      if (!period) continue;
      const usage = await loadChargeUsage(this.em, subscription, period, arrearsCharges(subscription.plan));
      lines.push(...usage.filter(isOwed).map((used) => toUsageLine(`${subscription.id}:${used.charge.id}`, used)));
    }
    if (lines.length === 0) return 0;
    const document = {
      kind: 'invoice' as const,
      id,
      currency,
      accountingDate: calendarDate(now, customer.timezone ?? 'UTC'),
      customer: toTaxCustomer(customer),
      lines,
    };
    const strategy = await this.strategies.for(document.customer);
    const { taxAmountToCollect } = await strategy.estimate(document, { purpose: 'wallet' });
    return sumOf([...lines.map((line) => line.amount), taxAmountToCollect]);
  }

  private async write(id: string, values: Partial<Wallet>): Promise<void> {
    await this.em.nativeUpdate(Wallet, { id }, { ...values, refreshDueAt: this.next() });
  }

  private next(): Date {
    return new Date(this.clock.now().getTime() + REFRESH_EVERY_MS);
  }
}
