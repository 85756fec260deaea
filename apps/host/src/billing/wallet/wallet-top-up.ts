import { Decimal, isDecimalString, type MinorUnits } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { InvalidInputError, type InputProblem } from '../billing.error.js';
import { Clock } from '../clock.js';
import { calendarDate } from '../invoice/calendar-date.js';
import { InvoiceFinalizer } from '../invoice/invoice-finalizer.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import { newInvoice } from '../invoice/new-invoice.js';
import { priceOf } from '../pricing/priced-fee.js';
import { type Wallet, WalletTransaction } from './wallet.entity.js';

/** Credits, as decimal strings; none when absent. */
export interface TopUp {
  readonly paidCredits?: string | null;
  readonly grantedCredits?: string | null;
  /** On the invoice, and in the list of transactions. */
  readonly name?: string | null;
}

/** By what prepaid credits are known to tax: there is one kind of them. */
const PREPAID_CREDIT = 'prepaid_credit';

/** Puts credits into wallets. Everything belongs to the caller's transaction. */
@Injectable()
export class WalletTopUp {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly finalizer: InvoiceFinalizer,
  ) {}

  /**
   * Adds what is purchased, with an invoice over it, and what is granted. The purchased credits are there once the
   * invoice is final.
   *
   * @param wallet with its customer
   * @throws InvalidInputError naming every amount that can't be
   */
  async add(wallet: Wallet, { paidCredits, grantedCredits, name = null }: TopUp): Promise<WalletTransaction[]> {
    const problems = Object.entries({ paidCredits, grantedCredits }).flatMap(([field, credits]) => {
      const problem = problemOf(wallet, credits ?? '0');
      return problem ? [[field, [problem]] as const] : [];
    });
    if (problems.length > 0) throw new InvalidInputError(Object.fromEntries(problems));

    const transactions: WalletTransaction[] = [];
    if (isSome(paidCredits)) transactions.push(await this.purchase(wallet, paidCredits!, name));
    if (isSome(grantedCredits)) transactions.push(this.create(wallet, 'granted', grantedCredits!, name));
    await this.em.flush();
    return transactions;
  }

  private async purchase(wallet: Wallet, credits: string, name: string | null): Promise<WalletTransaction> {
    const { customer, currency } = wallet;
    const id = uuidv7();
    const fee = {
      itemType: PREPAID_CREDIT,
      itemCode: PREPAID_CREDIT,
      itemName: 'Prepaid credits',
      itemId: id,
      payInAdvance: false,
      invoiceDisplayName: name ?? wallet.name ?? 'Prepaid credits',
      description: null,
      units: new Decimal(credits).toFixed(),
      unitAmount: wallet.rateAmount,
      amountCents: amountOf(wallet, credits),
      taxIncluded: false,
      fromDatetime: null,
      toDatetime: null,
    } as const;
    const issuingDate = calendarDate(this.clock.now(), customer.timezone ?? 'UTC');
    const details = { customer, currency, issuingDate, fees: [fee] };
    const invoice = await newInvoice(this.em, { status: 'finalizing', invoiceType: 'credit', ...details });
    await this.finalizer.finalize(invoice);
    return this.create(wallet, 'purchased', credits, name, { id, invoice });
  }

  private create(
    wallet: Wallet,
    kind: WalletTransaction['kind'],
    credits: string,
    name: string | null,
    purchase: { readonly id?: string; readonly invoice?: Invoice } = {},
  ): WalletTransaction {
    const amounts = { credits: new Decimal(credits).toFixed(), amountCents: amountOf(wallet, credits) };
    return this.em.create(WalletTransaction, { wallet, kind, name, ...amounts, ...purchase });
  }
}

function isSome(credits: string | null | undefined): boolean {
  return !new Decimal(credits ?? 0).isZero();
}

function problemOf(wallet: Wallet, credits: string): InputProblem | undefined {
  if (!isDecimalString(credits)) return 'value_is_invalid';
  const amount = new Decimal(credits).times(wallet.rateAmount);
  // less than nothing, or more than numbers hold exactly: no currency has more than four decimals
  if (amount.lt(0) || amount.shiftedBy(4).gt(Number.MAX_SAFE_INTEGER)) return 'value_is_out_of_range';
  return isSome(credits) && amountOf(wallet, credits) === 0 ? 'value_is_out_of_range' : undefined;
}

function amountOf({ rateAmount, currency }: Wallet, credits: string): MinorUnits {
  return priceOf(credits, rateAmount, currency);
}
