import { Decimal, isDecimalString } from '@anrok-nest/tax';
import { EntityManager, type FilterQuery, LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import { InvalidInputError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { agreedCurrency } from '../customer/agreed-currency.js';
import { lockCustomer } from '../customer/lock-customer.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { walletStatusOf } from './wallet-balance.js';
import { type TopUp, WalletTopUp } from './wallet-top-up.js';
import { Wallet, WalletTransaction } from './wallet.entity.js';

/** What can be changed of a wallet: absent stays as it is, null takes it away. */
export interface WalletChanges {
  readonly name?: string | null;
  readonly expiresAt?: Date | null;
}

export interface WalletInput extends WalletChanges {
  /** The caller's own id of the customer. */
  readonly customerId: string;
  /** The customer's when absent. */
  readonly currency?: string | null;
  /** What a credit is worth: decimal string in major units. */
  readonly rateAmount: string;
  /** What is in it from the start. */
  readonly topUp: TopUp;
}

/** What is absent does not narrow the list. */
export interface WalletFilter {
  readonly customerId?: string;
  readonly currency?: string;
}

const WHOLE = ['customer', 'transactions.invoice'] as const;

/** Prepaid credits. They are not used up by invoices: that is beyond this billing. */
@Injectable()
export class WalletService {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly topUps: WalletTopUp,
  ) {}

  /**
   * Makes a customer's wallet, with what is in it from the start. A customer has one at a time.
   *
   * @throws NotFoundError for the customer
   * @throws InvalidInputError
   */
  async create({ customerId, currency, rateAmount, topUp, name, expiresAt }: WalletInput): Promise<Wallet> {
    return this.em.transactional(async (em) => {
      const customer = await lockCustomer(em, customerId);
      if (!customer) throw new NotFoundError('customer');
      if (!isDecimalString(rateAmount)) throw new InvalidInputError({ rateAmount: ['value_is_invalid'] });
      if (new Decimal(rateAmount).lte(0)) throw new InvalidInputError({ rateAmount: ['value_is_out_of_range'] });
      customer.currency = agreedCurrency(customer, currency);
      const now = this.clock.now();
      const others = await em.find(Wallet, { customer, terminatedAt: null });
      if (others.some((other) => walletStatusOf(other, now) === 'active'))
        throw new InvalidInputError({ customer: ['wallet_already_exists'] });

      const wallet = em.create(Wallet, {
        customer,
        currency: customer.currency,
        rateAmount,
        name: name ?? null,
        expiresAt: this.assertAhead(expiresAt) ?? null,
        refreshDueAt: now,
      });
      await em.flush();
      await this.topUps.add(wallet, topUp);
      return this.find(wallet.id);
    });
  }

  /** @throws NotFoundError, InvalidInputError */
  async update(id: string, { name, expiresAt }: WalletChanges): Promise<Wallet> {
    return this.em.transactional(async () => {
      const wallet = await this.lock(id);
      if (name !== undefined) wallet.name = name;
      if (expiresAt !== undefined) wallet.expiresAt = this.assertAhead(expiresAt) ?? null;
      return wallet;
    });
  }

  /** Ends it; once more does nothing. What is in it stays on the books. @throws NotFoundError */
  async terminate(id: string): Promise<Wallet> {
    return this.em.transactional(async () => {
      const wallet = await this.lock(id);
      wallet.terminatedAt ??= this.clock.now();
      return wallet;
    });
  }

  /**
   * Adds credits. What is purchased comes on an invoice.
   *
   * @throws NotFoundError
   * @throws InvalidInputError when it has ended, or there is nothing to add
   */
  async topUp(id: string, topUp: TopUp): Promise<WalletTransaction[]> {
    return this.em.transactional(async () => {
      const wallet = await this.lock(id);
      if (walletStatusOf(wallet, this.clock.now()) !== 'active')
        throw new InvalidInputError({ walletId: ['wallet_is_terminated'] });
      const added = await this.topUps.add(wallet, topUp);
      if (added.length === 0) throw new InvalidInputError({ paidCredits: ['value_is_mandatory'] });
      return added;
    });
  }

  /** @throws NotFoundError */
  async find(id: string): Promise<Wallet> {
    const wallet = validate(id) ? await this.em.findOne(Wallet, { id }, { populate: WHOLE, refresh: true }) : null;
    if (!wallet) throw new NotFoundError('wallet');
    return wallet;
  }

  /** Newest first. */
  async list(filter: WalletFilter, request: PageRequest): Promise<Page<Wallet>> {
    const { customerId, currency } = filter;
    const condition: FilterQuery<Wallet> = {
      ...(customerId !== undefined && { customer: { externalId: customerId } }),
      ...(currency !== undefined && { currency }),
    };
    const [items, totalCount] = await this.em.findAndCount(Wallet, condition, {
      ...toBounds(request),
      populate: WHOLE,
      orderBy: { createdAt: 'desc', id: 'desc' },
    });
    return { items, request, totalCount };
  }

  /** @throws NotFoundError */
  async findTransaction(id: string): Promise<WalletTransaction> {
    const populate = ['wallet', 'invoice'] as const;
    const transaction = validate(id) ? await this.em.findOne(WalletTransaction, { id }, { populate }) : null;
    if (!transaction) throw new NotFoundError('wallet_transaction');
    return transaction;
  }

  /** Newest first. @throws NotFoundError for the wallet */
  async listTransactions(walletId: string, request: PageRequest): Promise<Page<WalletTransaction>> {
    const wallet = await this.find(walletId);
    const [items, totalCount] = await this.em.findAndCount(
      WalletTransaction,
      { wallet: wallet.id },
      { ...toBounds(request), populate: ['wallet', 'invoice'], orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    return { items, request, totalCount };
  }

  /** Two steps, because PostgreSQL can't lock the far side of an outer join. */
  private async lock(id: string): Promise<Wallet> {
    if (!validate(id)) throw new NotFoundError('wallet');
    await this.em.findOne(Wallet, { id }, { fields: ['id'], lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    return this.find(id);
  }

  private assertAhead(expiresAt: Date | null | undefined): Date | null | undefined {
    if (expiresAt && expiresAt <= this.clock.now())
      throw new InvalidInputError({ expirationAt: ['value_is_out_of_range'] });
    return expiresAt;
  }
}
