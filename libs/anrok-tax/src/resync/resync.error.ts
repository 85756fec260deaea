import { TaxError } from '@anrok-nest/tax';

interface RunningResync {
  readonly id: string;
  readonly filter: { readonly connection?: string };
  readonly requestedBy: string;
  readonly startedAt: Date;
}

/** One at a time per connection: two would only ask for the same documents twice. */
export class ResyncAlreadyRunningError extends TaxError {
  constructor({ id, filter, requestedBy, startedAt }: RunningResync) {
    const connection = filter.connection ?? null;
    super({
      code: 'resync_already_running',
      message: `The resync ${id} of ${connection ? `connection "${connection}"` : 'all connections'}, started by ${requestedBy} at ${startedAt.toISOString()}, is still running.`,
      remedy: 'Wait until it is finished, or cancel it; then start this one again.',
      retry: 'later',
      details: { runId: id, connection, requestedBy, startedAt: startedAt.toISOString() },
    });
  }
}

export class ResyncRunNotFoundError extends TaxError {
  constructor(id: string) {
    super({
      code: 'resync_run_not_found',
      message: `There is no resync ${id}.`,
      remedy: 'Take the id from the list of resyncs.',
      retry: 'never',
      details: { id },
    });
  }
}

export class InvalidResyncFilterError extends TaxError {
  constructor(field: string, expectation: string) {
    super({
      code: 'invalid_resync_filter',
      message: `The filter's ${field} ${expectation}.`,
      remedy: `Correct ${field}, and ask again.`,
      retry: 'never',
      details: { field },
    });
  }
}

/** The resync itself could not go on for long enough, as opposed to a document that fails in it. */
export class ResyncBrokeOffError extends TaxError {
  constructor(cause: unknown) {
    const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(
      {
        code: 'resync_broke_off',
        message: `The resync could not go on: ${text.slice(0, 500)}`,
        remedy: 'Look for this error in the log, with its stack, and start the resync again: what is done stays done.',
        retry: 'after-fix',
        details: {},
      },
      { cause },
    );
  }
}

/** Another process has taken this step meanwhile; whatever was found out for it is void. */
export class ResyncOvertakenError extends Error {
  constructor(runId: string) {
    super(`The resync ${runId} has been moved on by another process.`);
  }
}
