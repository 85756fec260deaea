/**
 * `finalizing`: issued, and its tax is on the way. `finalized`: has its tax. `failed`: issued, and there is no tax, for
 * a reason that its error details name. `voided`: counts no more.
 */
export type CreditNoteStatus = 'finalizing' | 'finalized' | 'failed' | 'voided';

/** What can happen to a credit note. */
export type CreditNoteEvent = 'taxed' | 'taxDelayed' | 'taxFailed' | 'voided';

const NEXT: Record<CreditNoteStatus, Partial<Record<CreditNoteEvent, CreditNoteStatus>>> = {
  finalizing: { taxed: 'finalized', taxDelayed: 'finalizing', taxFailed: 'failed', voided: 'voided' },
  failed: { taxed: 'finalized', taxDelayed: 'finalizing', taxFailed: 'failed', voided: 'voided' },
  // its customer has it: no late problem takes it back
  finalized: { taxed: 'finalized', voided: 'voided' },
  // taxes that were on their way change what it says, not what it is
  voided: { taxed: 'voided' },
};

/** The status after an event, or undefined where the event can't happen. */
export function nextStatus(status: CreditNoteStatus, event: CreditNoteEvent): CreditNoteStatus | undefined {
  return NEXT[status][event];
}
