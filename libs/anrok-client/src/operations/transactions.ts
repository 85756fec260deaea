import type { CallOptions, ListOptions } from '../call-options.js';
import type { Send } from '../transport/anrok-request.js';
import { pages } from '../transport/pages.js';
import { pathSegment } from '../transport/path-segment.js';
import {
  type AnrokComputedTransaction,
  type AnrokRecordedTransaction,
  computedTransaction,
  recordedTransaction,
} from '../wire/computed-transaction.js';
import { pageOf } from '../wire/page.js';
import { nothing } from '../wire/scalars.js';
import {
  type AnrokStoredTransaction,
  type AnrokTransactionFilter,
  storedTransaction,
} from '../wire/stored-transaction.js';
import type { AnrokEphemeralTransaction, AnrokNegation, AnrokTransaction, AnrokVoid } from '../wire/transaction.js';

const transactionPage = pageOf('transactions', storedTransaction);

/** Sales, as computed for an estimate and as stored for the returns. */
export class AnrokTransactions {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Computes tax and stores nothing, ever. The only call that is repeated (once) when the connection was closed. */
  async createEphemeral(body: AnrokEphemeralTransaction, call?: CallOptions): Promise<AnrokComputedTransaction> {
    return this.#send(
      {
        operation: 'transactions.createEphemeral',
        path: 'transactions/createEphemeral',
        body,
        answer: computedTransaction,
        disagreement: (answer) => disagreement(body, answer),
        isRepeatable: true,
      },
      call,
    );
  }

  /** Computes tax and stores the transaction under the caller's id, replacing what is there: safe to repeat. */
  async createOrUpdate(body: AnrokTransaction, call?: CallOptions): Promise<AnrokRecordedTransaction> {
    return this.#send(
      {
        operation: 'transactions.createOrUpdate',
        path: 'transactions/createOrUpdate',
        body,
        transactionId: body?.id,
        answer: recordedTransaction,
        disagreement: (answer) => disagreement(body, answer),
      },
      call,
    );
  }

  /**
   * Stores the exact inverse of a transaction: what is left to do when that is frozen for filing. A repeat after a
   * lost answer is refused with `anrok_duplicate_transaction_id`, which then means done.
   */
  async createNegation(body: AnrokNegation, call?: CallOptions): Promise<void> {
    return this.#send(
      {
        operation: 'transactions.createNegation',
        path: 'transactions/createNegation',
        body,
        transactionId: body?.newTransactionId,
        answer: nothing,
      },
      call,
    );
  }

  /** Takes a transaction out of returns and totals; refused once it is frozen for filing. */
  async void(transactionId: string, expected: AnrokVoid = {}, call?: CallOptions): Promise<void> {
    const operation = 'transactions.void';
    const segment = pathSegment('id', transactionId, [operation, 'transactionId']);
    return this.#send(
      { operation, path: `transactions/${segment}/void`, body: expected, transactionId, answer: nothing },
      call,
    );
  }

  /** What Anrok holds. A paid feature: AnrokFeatureNotEnabledError where it is off. Pages of up to 20. */
  list(filter?: AnrokTransactionFilter, options?: ListOptions): AsyncIterable<AnrokStoredTransaction> {
    return pages(
      this.#send,
      {
        operation: 'transactions.list',
        path: 'transactions/list',
        filter,
        answer: transactionPage,
        largestPage: 20,
      },
      options,
    );
  }
}

/** Lines come back in their order and with their ids; anything else would put tax on the wrong line. */
function disagreement(sent: AnrokEphemeralTransaction, { lineItems }: AnrokComputedTransaction): string | undefined {
  if (lineItems.length !== sent.lineItems.length)
    return `it has ${lineItems.length} lines for ${sent.lineItems.length} in the request`;
  const at = sent.lineItems.findIndex(({ id }, index) => id !== undefined && id !== lineItems[index]?.id);
  return at < 0
    ? undefined
    : `its line ${at} is "${lineItems[at]?.id}", in the request it is "${sent.lineItems[at]?.id}"`;
}
