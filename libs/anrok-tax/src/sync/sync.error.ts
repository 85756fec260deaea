import { TaxError } from '@anrok-nest/tax';

/** The host changed the document while Anrok computed its tax. */
export class DocumentChangedError extends TaxError {
  constructor(kind: string, id: string) {
    super({
      code: 'document_changed',
      message: `The ${kind} ${id} changed while its tax was computed.`,
      remedy: 'Nothing to do: it is taxed anew as it is now.',
      retry: 'later',
      details: { kind, id },
    });
  }
}

/** Something broke that has no error of its own: a fault in the host's port, the database or this module. */
export class UnexpectedSyncError extends TaxError {
  constructor(cause: unknown) {
    const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(
      {
        code: 'unexpected_error',
        message: `The sync broke off: ${text.slice(0, 500)}`,
        remedy: 'It is tried again by itself. If it stays, look for this error in the log, with its stack.',
        retry: 'later',
        details: {},
      },
      { cause },
    );
  }
}

/** Anrok refuses to change what belongs to a filing. Never the end of a run: the document is recorded anew. */
export class FrozenForFilingError extends TaxError {
  constructor(
    readonly transactionId: string,
    cause: Error,
  ) {
    super(
      {
        code: 'transaction_frozen',
        message: `Anrok refuses to change ${transactionId}: it is frozen for filing.`,
        remedy: 'Nothing to do: it is negated, and the document is recorded anew.',
        retry: 'later',
        details: { transactionId },
      },
      { cause },
    );
  }
}

/** Somebody else changed the transaction since we last heard of it. */
export class TransactionChangedError extends TaxError {
  constructor(transactionId: string, cause: Error) {
    super(
      {
        code: 'transaction_changed',
        message: `The transaction ${transactionId} has changed at Anrok since it was recorded.`,
        remedy: 'Nothing to do: it is looked at again, and brought to what the document is now.',
        retry: 'later',
        details: { transactionId },
      },
      { cause },
    );
  }
}

/** In another account its tax would count twice, and in this one nobody said who its customer is. */
export class CustomerChangedError extends TaxError {
  constructor(
    { kind, id, customerId }: Readonly<Record<'kind' | 'id' | 'customerId', string>>,
    formerCustomerId: string,
    connection: string,
  ) {
    super({
      code: 'customer_changed',
      message: `The ${kind} ${id} was sent to Anrok over connection "${connection}" for customer ${formerCustomerId}. It is customer ${customerId}'s by now, and that one is not linked to the connection.`,
      remedy:
        'Link the customer to that connection, and the document continues by itself; or void it, and make out a new one.',
      retry: 'after-fix',
      details: { kind, id, customerId, formerCustomerId, connection },
    });
  }
}

/** A credit note takes back what its invoice was recorded with; there is nothing to take back yet. */
export class CreditedInvoiceNotRecordedError extends TaxError {
  constructor(creditNoteId: string, invoiceId: string) {
    super({
      code: 'credited_invoice_not_recorded',
      message: `The credit note ${creditNoteId} waits for its invoice ${invoiceId}, which is not recorded at Anrok yet.`,
      remedy: 'See to the invoice; the credit note continues by itself once the invoice is recorded.',
      retry: 'after-fix',
      details: { creditNoteId, invoiceId },
    });
  }
}

/** More would be given back than was charged. */
export class CreditExceedsInvoiceError extends TaxError {
  /** @param isPassing whether another credit note of the invoice is still on its way, and may make room */
  constructor(creditNoteId: string, invoiceId: string, lineId: string, isPassing: boolean) {
    super({
      code: 'credit_exceeds_invoice',
      message: `The credit note ${creditNoteId} takes back more of line ${lineId} than is left of it on invoice ${invoiceId}.`,
      remedy: isPassing
        ? 'Nothing to do at first: another credit note of the invoice is still on its way, and may make room.'
        : 'Correct the credit note: all credits of a line together can be no more than its amount.',
      retry: isPassing ? 'later' : 'never',
      details: { creditNoteId, invoiceId, lineId },
    });
  }
}

/** Process after process ended while working on the document. */
export class SyncAbandonedError extends TaxError {
  constructor(takeovers: number) {
    super({
      code: 'sync_abandoned',
      message: `${takeovers} times in a row a process ended or hung in the middle of this document.`,
      remedy: 'Look for crashes and for calls without an end in the log of those processes, then retry the document.',
      retry: 'never',
      details: { takeovers },
    });
  }
}
