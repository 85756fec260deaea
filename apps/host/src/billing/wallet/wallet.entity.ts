import type { TaxProblem } from '@anrok-nest/tax';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Customer } from '../customer/customer.entity.js';
import { Invoice } from '../invoice/invoice.entity.js';

// The aggregate is one file: its parts refer to each other and are read and written together.

const WalletSchema = defineEntity({
  name: 'Wallet',
  tableName: 'billing_wallet',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    customer: () => p.manyToOne(Customer).deleteRule('restrict').index(),
    /** For the customer's eyes. */
    name: p.string().length(255).nullable(),
    currency: p.string().length(3),
    /** What a credit is worth: decimal string in major units. */
    rateAmount: p.string().length(64),
    expiresAt: p.datetime(3).nullable(),
    terminatedAt: p.datetime(3).nullable(),
    transactions: () => p.oneToMany(WalletTransaction).mappedBy('wallet').orderBy({ createdAt: 'asc', id: 'asc' }),
    /** What the running periods cost so far, with its tax, as it was known last; null until it was ever known. */
    usageCents: p.bigint('number').nullable(),
    /** When that was computed. */
    refreshedAt: p.datetime(3).nullable(),
    /** When it is to be computed again. */
    refreshDueAt: p.datetime(3).index(),
    /** Since when it can't be computed, and why: what is known is as old as that. Null while it can. */
    staleSince: p.datetime(3).nullable(),
    staleProblem: p.json<TaxProblem>().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** A customer's prepaid credits. */
export class Wallet extends WalletSchema.class {}

/** `granted`: for nothing. `purchased`: on an invoice. */
export type WalletTransactionKind = 'granted' | 'purchased';

const WalletTransactionSchema = defineEntity({
  name: 'WalletTransaction',
  tableName: 'billing_wallet_transaction',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    wallet: () => p.manyToOne(Wallet).deleteRule('restrict').index(),
    kind: p.string().length(20).$type<WalletTransactionKind>(),
    name: p.string().length(255).nullable(),
    /** Decimal string. */
    credits: p.string().length(64),
    /** Credits times the wallet's rate, rounded once. */
    amountCents: p.bigint('number'),
    /** Over what was purchased; null for what was granted. */
    invoice: () => p.manyToOne(Invoice).deleteRule('restrict').nullable().index(),
    /** What the credit notes in force take back of the purchase. */
    creditedCents: p.bigint('number').formula(
      ({ invoice }) => `(
        select cast(coalesce(sum(item.amount_cents), 0) as bigint)
        from billing_credit_note note join billing_credit_note_item item on item.credit_note_id = note.id
        where note.invoice_id = ${invoice} and note.status <> 'voided'
      )`,
    ),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

/** Credits that came into a wallet. */
export class WalletTransaction extends WalletTransactionSchema.class {}

WalletSchema.setClass(Wallet);
WalletTransactionSchema.setClass(WalletTransaction);
