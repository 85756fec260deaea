import type { WalletCreateInput, WalletTransactionCreateInput } from 'lago-javascript-client';
import { WalletRefresher } from '../../billing/index.js';
import { API_KEY, type TestHost } from './host.starter.js';

type Caller = Pick<TestHost, 'lago'>;
export type TopUp = Omit<WalletTransactionCreateInput['wallet_transaction'], 'wallet_id'>;
export type WalletFields = Partial<NonNullable<WalletCreateInput['wallet']>>;

interface Id {
  readonly lago_id: string;
}

/** A wallet of customer `acme` whose credits are worth a dollar each, unless the fields say otherwise. */
export async function createWallet(host: Caller, fields: WalletFields = {}) {
  const wallet = { external_customer_id: 'acme', rate_amount: '1', currency: 'USD' as const, ...fields };
  return (await host.lago.wallets.createWallet({ wallet })).data.wallet;
}

/** With its extensions. */
export async function findWallet(host: Caller, { lago_id }: Id) {
  const { wallet } = (await host.lago.wallets.findWallet(lago_id)).data;
  return wallet as typeof wallet & {
    readonly ongoing_balance_stale_since: string | null;
    readonly ongoing_balance_error: object | null;
  };
}

export async function topUp(host: Caller, { lago_id: wallet_id }: Id, credits: TopUp) {
  const { data } = await host.lago.walletTransactions.createWalletTransaction({
    wallet_transaction: { wallet_id, ...credits },
  });
  return data.wallet_transactions;
}

/** Oldest first. */
export async function transactionsOf(host: Caller, { lago_id }: Id) {
  return (await host.lago.wallets.findAllWalletTransactions(lago_id)).data.wallet_transactions.toReversed();
}

/** The official client doesn't know it. */
export async function refreshWallet({ url }: Pick<TestHost, 'url'>, { lago_id }: Id) {
  const answer = await fetch(`${url}/wallets/${lago_id}/refresh`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return { status: answer.status, body: (await answer.json()) as { wallet: Awaited<ReturnType<typeof findWallet>> } };
}

/** Lets the host refresh what is due. */
export function refreshDue(host: Pick<TestHost, 'app'>): Promise<number> {
  return host.app.get(WalletRefresher, { strict: false }).refreshDue();
}
