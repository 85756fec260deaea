export const CREDIT_NOTE_CREATED = 'creditNote.created';
export const CREDIT_NOTE_VOIDED = 'creditNote.voided';

// Each is told inside the transaction that it tells of. The customer's id is the caller's own.

/** A part of an invoice is taken back, whether its tax is known already, still to come or missing. */
export class CreditNoteCreated {
  constructor(
    readonly creditNoteId: string,
    readonly customerId: string,
  ) {}
}

/** A credit note counts no more: what it took back can be taken back again. */
export class CreditNoteVoided {
  constructor(
    readonly creditNoteId: string,
    readonly customerId: string,
  ) {}
}
