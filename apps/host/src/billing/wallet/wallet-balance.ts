import { type MinorUnits, sumOf } from '@anrok-nest/tax';
import type { Wallet, WalletTransaction } from './wallet.entity.js';

/** `pending`: its invoice is not final yet. `failed`: its invoice counts no more. */
type WalletTransactionStatus = 'pending' | 'settled' | 'failed';

/**
 * What was purchased is there as long as its invoice is final. This billing knows of no payments: whoever waits for
 * them tops up after them.
 */
export function transactionStatusOf({
  kind,
  invoice,
}: Pick<WalletTransaction, 'kind' | 'invoice'>): WalletTransactionStatus {
  if (kind === 'granted') return 'settled';
  if (invoice!.status === 'voided' || invoice!.paymentDisputeLostAt) return 'failed';
  return invoice!.status === 'finalized' ? 'settled' : 'pending';
}

type WalletStatus = 'active' | 'terminated';

export function walletStatusOf(
  { terminatedAt, expiresAt }: Pick<Wallet, 'terminatedAt' | 'expiresAt'>,
  now: Date,
): WalletStatus {
  return terminatedAt || (expiresAt && expiresAt <= now) ? 'terminated' : 'active';
}

/** What is in it: credit notes take their part of what was purchased. */
export function balanceOf(transactions: readonly WalletTransaction[]): MinorUnits {
  const settled = transactions.filter((transaction) => transactionStatusOf(transaction) === 'settled');
  return sumOf(settled.map(({ amountCents, creditedCents }) => amountCents - creditedCents));
}
