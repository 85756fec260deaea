import { Decimal, toDecimalString } from '@anrok-nest/tax';
import {
  balanceOf,
  transactionStatusOf,
  type Wallet,
  walletStatusOf,
  type WalletTransaction,
} from '../../billing/index.js';

/**
 * A wallet as the API shows it at a moment. What the running periods cost so far is 0 until it was ever known, because
 * the API's types know no null; `last_balance_sync_at` says when that was. The last two fields are extensions: while it
 * can't be computed, since when and why.
 */
export function toWalletObject(wallet: Wallet, now: Date) {
  const { customer, currency, rateAmount, staleProblem: problem } = wallet;
  const balanceCents = balanceOf(wallet.transactions.getItems());
  const usageCents = wallet.usageCents ?? 0;
  const ongoingBalanceCents = balanceCents - usageCents;
  const creditsOf = (cents: number) =>
    new Decimal(toDecimalString(cents, currency)).dividedBy(rateAmount).decimalPlaces(5).toFixed();
  return {
    lago_id: wallet.id,
    lago_customer_id: customer.id,
    external_customer_id: customer.externalId,
    status: walletStatusOf(wallet, now),
    name: wallet.name ?? null,
    currency,
    rate_amount: rateAmount,
    balance_cents: balanceCents,
    credits_balance: creditsOf(balanceCents),
    consumed_credits: '0',
    ongoing_balance_cents: ongoingBalanceCents,
    ongoing_usage_balance_cents: usageCents,
    credits_ongoing_balance: creditsOf(ongoingBalanceCents),
    credits_ongoing_usage_balance: creditsOf(usageCents),
    invoice_requires_successful_payment: false,
    recurring_transaction_rules: [],
    created_at: wallet.createdAt.toISOString(),
    expiration_at: wallet.expiresAt?.toISOString() ?? null,
    terminated_at: wallet.terminatedAt?.toISOString() ?? null,
    last_balance_sync_at: wallet.refreshedAt?.toISOString() ?? null,
    last_consumed_credit_at: null,
    ongoing_balance_stale_since: wallet.staleSince?.toISOString() ?? null,
    ongoing_balance_error: problem
      ? { error_code: problem.code, message: problem.message, remedy: problem.remedy }
      : null,
  };
}

export function toWalletTransactionObject(transaction: WalletTransaction) {
  const { wallet, kind, invoice, createdAt } = transaction;
  const status = transactionStatusOf(transaction);
  return {
    lago_id: transaction.id,
    lago_wallet_id: wallet.id,
    lago_invoice_id: invoice?.id ?? null,
    lago_credit_note_id: null,
    lago_voided_invoice_id: null,
    status,
    source: 'manual' as const,
    transaction_status: kind,
    transaction_type: 'inbound' as const,
    name: transaction.name ?? null,
    amount: toDecimalString(transaction.amountCents, wallet.currency),
    credit_amount: transaction.credits,
    remaining_amount_cents: null,
    remaining_credit_amount: null,
    priority: 50,
    invoice_requires_successful_payment: false,
    metadata: [],
    payment_method: null,
    settled_at: status === 'settled' ? (invoice?.updatedAt ?? createdAt).toISOString() : null,
    failed_at: status === 'failed' ? invoice!.updatedAt.toISOString() : null,
    created_at: createdAt.toISOString(),
  };
}
