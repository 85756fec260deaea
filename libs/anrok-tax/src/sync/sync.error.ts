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
