import type { MinorUnits, TaxDocumentReference, TaxProblem } from '@anrok-nest/tax';
import type { RetryDecision } from './retry-policy.js';
import type { RunOutcome, SyncRun } from './sync-run.js';

/**
 * What the module tells the host's event emitter, after the commit. A process that dies between commit and event
 * tells nobody: what must not be missed belongs into BillingHost, whose calls are part of the transaction.
 */
export const TAX_APPLIED = 'tax.applied';
export const TAX_VOIDED = 'tax.voided';
export const TAX_FAILED = 'tax.failed';
export const TAX_WAITING = 'tax.waiting';
export const TAX_RECOVERED = 'tax.recovered';

/** Anrok has the document, and the document has its tax. */
export class TaxApplied {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    readonly taxAmount: MinorUnits,
    readonly currency: string,
    readonly transactionIds: readonly string[],
  ) {}
}

/** Anrok counts nothing of the document any more: these transactions are void, or negated. */
export class TaxVoided {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    readonly transactionIds: readonly string[],
  ) {}
}

/** The document has no tax, and stays without until a person acts and asks for it again. */
export class TaxFailed {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    readonly problem: TaxProblem,
  ) {}
}

/** The document has no tax until what the problem's remedy names is done; then it gets it by itself. */
export class TaxWaiting {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    readonly problem: TaxProblem,
  ) {}
}

/** A document that had a problem has none any more. Told beside what became of it. */
export class TaxRecovered {
  constructor(
    readonly document: TaxDocumentReference,
    readonly recordId: string,
    /** What it was. */
    readonly problem: TaxProblem,
  ) {}
}

export interface Told {
  readonly event: string;
  readonly payload: object;
}

/** What there is to tell of a run that went through. */
export function toldOfSuccess({ record, reference, drafts }: SyncRun, { calculation, undone }: RunOutcome): Told[] {
  const told: Told[] = [];
  if (calculation) {
    const ids = drafts.map((draft) => draft.transactionId);
    const { taxAmountToCollect, currency } = calculation;
    told.push({
      event: TAX_APPLIED,
      payload: new TaxApplied(reference, record.id, taxAmountToCollect, currency, ids),
    });
  } else if (undone.size > 0)
    told.push({ event: TAX_VOIDED, payload: new TaxVoided(reference, record.id, [...undone.keys()]) });
  if (record.problem)
    told.push({ event: TAX_RECOVERED, payload: new TaxRecovered(reference, record.id, record.problem) });
  return told;
}

/** What there is to tell of a run that didn't; nothing of one that is tried again by itself. */
export function toldOfFailure(
  { record, reference }: SyncRun,
  problem: TaxProblem,
  { next }: Pick<RetryDecision, 'next'>,
): Told[] {
  if (next === 'waiting') return [{ event: TAX_WAITING, payload: new TaxWaiting(reference, record.id, problem) }];
  if (next === 'failed') return [{ event: TAX_FAILED, payload: new TaxFailed(reference, record.id, problem) }];
  return [];
}
