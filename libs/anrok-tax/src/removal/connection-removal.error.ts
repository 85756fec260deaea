import { TaxError } from '@anrok-nest/tax';
import type { ConnectionDependents } from './connection-dependents.js';

/** Documents are recorded over the connection: what was said to Anrok, and what it answered, is kept. */
export class ConnectionHasHistoryError extends TaxError {
  constructor(connection: string, dependents: ConnectionDependents) {
    const { documents, unfinishedDocuments } = dependents;
    super({
      code: 'connection_has_history',
      message: `Connection "${connection}" can not be deleted: ${documents} documents were synced over it, ${unfinishedDocuments} of them are not done.`,
      remedy:
        'Keep it: its documents need it when they are voided or credited. To use it no more, link its customers to another connection.',
      retry: 'never',
      details: { connection, ...dependents },
    });
  }
}

/** Deleting it would take more along than its key. */
export class ConnectionInUseError extends TaxError {
  constructor(connection: string, dependents: ConnectionDependents) {
    const { customers, mappings, runningResyncs } = dependents;
    super({
      code: 'connection_in_use',
      message: `Connection "${connection}" was not deleted: linked to it are ${customers} customers, ${mappings} items are mapped on it, and ${runningResyncs} resyncs of it are running.`,
      remedy:
        'Cancel its resyncs or let them end. Then link the customers to another connection, or confirm that they are unlinked and the mappings deleted with it.',
      retry: 'after-fix',
      details: { connection, ...dependents },
    });
  }
}
