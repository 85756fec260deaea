import { isDeepStrictEqual } from 'node:util';
import { Conflict } from '../wire/conflict.js';
import type { Assumptions } from '../simulator.options.js';
import { negated } from '../tax/decimal.js';
import type { TaxedLine } from '../tax/taxed-line.js';
import type { Transaction, TransactionContent } from './transaction.js';

/** When a change is entered. */
export interface Stamp {
  readonly now: Date;
  readonly sequence: number;
}

/** The same object again where nothing changes. */
type Transition = Transaction | Conflict;

/** Creates a transaction, or brings an existing one to a new content; a voided one is in force again. */
export function record(
  existing: Transaction | undefined,
  entry: { readonly id: string; readonly content: TransactionContent; readonly stamp: Stamp },
  { unchangedUpdate }: Pick<Assumptions, 'unchangedUpdate'>,
): Transition {
  const { id, content, stamp } = entry;
  if (!existing) return created(id, content, stamp);
  // undocumented: a negation has to stay the inverse of its original; this is the documented word for what it is.
  if (existing.negationOf !== null) return new Conflict('transactionIsAlreadyANegation');
  if (existing.isFrozen) return new Conflict('transactionFrozenForFiling');
  const isUnchanged = existing.state === 'normal' && isDeepStrictEqual(existing.content, content);
  if (isUnchanged && unchangedUpdate === 'sameVersion') return existing;
  return { ...changed(existing, stamp), state: 'normal', content };
}

/** Takes a transaction out of returns and totals. */
export function voided(
  existing: Transaction | undefined,
  request: { readonly expectedVersion: number | undefined; readonly stamp: Stamp },
  { voidAgain }: Pick<Assumptions, 'voidAgain'>,
): Transition {
  if (!existing) return new Conflict('transactionIdNotFound');
  if (existing.state === 'voided' && voidAgain === 'transactionIdNotFound')
    return new Conflict('transactionIdNotFound');
  if (isUnexpected(existing, request.expectedVersion)) return new Conflict('transactionExpectedVersionMismatch');
  if (existing.state === 'voided') return existing;
  if (existing.isFrozen) return new Conflict('transactionFrozenForFiling');
  return { ...changed(existing, request.stamp), state: 'voided' };
}

/**
 * Enters the exact inverse of a transaction: its numbers are copied, not computed again, so that the two add up to zero
 * whatever the rates are by now. The original may be frozen and stays as it is; so do its dates (undocumented).
 */
export function negation(
  original: Transaction | undefined,
  isIdTaken: boolean,
  request: { readonly id: string; readonly expectedVersion: number | undefined; readonly stamp: Stamp },
): Transition {
  if (!original || original.state === 'voided') return new Conflict('transactionIdNotFound');
  if (original.negationOf !== null) return new Conflict('transactionIsAlreadyANegation');
  if (isUnexpected(original, request.expectedVersion)) return new Conflict('transactionExpectedVersionMismatch');
  if (isIdTaken) return new Conflict('duplicateTransactionId');
  const content = { ...original.content, lines: original.content.lines.map(inverse) };
  return { ...created(request.id, content, request.stamp), negationOf: original.id };
}

function created(id: string, content: TransactionContent, { now, sequence }: Stamp): Transaction {
  const time = now.toISOString();
  return {
    id,
    version: 1,
    state: 'normal',
    negationOf: null,
    isFrozen: false,
    createdTime: time,
    modifiedTime: time,
    sequence,
    content,
  };
}

function changed(existing: Transaction, { now, sequence }: Stamp): Transaction {
  return { ...existing, version: existing.version + 1, modifiedTime: now.toISOString(), sequence };
}

function isUnexpected(existing: Transaction, expectedVersion: number | undefined): boolean {
  return expectedVersion !== undefined && expectedVersion !== existing.version;
}

function inverse(line: TaxedLine): TaxedLine {
  return {
    ...line,
    amount: 0 - line.amount, // never -0
    preTaxAmount: negated(line.preTaxAmount),
    taxAmountToCollect: 0 - line.taxAmountToCollect,
    jurisdictions: line.jurisdictions.map(({ tax, ...verdict }) => ({
      ...verdict,
      tax: tax && { ...tax, taxableAmount: negated(tax.taxableAmount), taxAmount: negated(tax.taxAmount) },
    })),
  };
}
