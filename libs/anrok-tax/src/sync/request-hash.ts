import { createHash } from 'node:crypto';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';

/** Tells whether a transaction would be sent as it was sent before. The mapping writes its keys always in one order. */
export function requestHash({ transactionId, body }: TransactionDraft): string {
  return createHash('sha256')
    .update(JSON.stringify([transactionId, body]))
    .digest('hex');
}
