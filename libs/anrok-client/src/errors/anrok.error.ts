import type { AnrokOperation } from '../anrok-operation.js';
import type { AnrokOutcome, AnrokRetry } from './anrok-retry.js';
import type { AnrokConflictCode } from './conflict.table.js';

export type AnrokErrorCode =
  | 'anrok_bad_request'
  | 'anrok_cancelled'
  | 'anrok_conflict_unknown'
  | 'anrok_invalid_request'
  | 'anrok_network_error'
  | 'anrok_not_found'
  | 'anrok_rate_limited'
  | 'anrok_server_error'
  | 'anrok_timeout'
  | 'anrok_unauthorized'
  | 'anrok_unreadable_answer'
  | AnrokConflictCode;

/** What went wrong, as plain data: for a record, a log or a screen. Free of secrets. */
export interface AnrokProblem {
  readonly code: AnrokErrorCode;
  /** What happened, as a sentence. */
  readonly message: string;
  /** What the reader does next, as a sentence. */
  readonly remedy: string;
  readonly retry: AnrokRetry;
  readonly outcome: AnrokOutcome;
  /** `configuration`: while the client was made. */
  readonly operation: AnrokOperation | 'configuration';
  /** Of the HTTP answer, if one came. */
  readonly status?: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The root of everything the client throws, one class per cause. Never has a `cause`: what HTTP libraries throw holds
 * the Authorization header.
 */
export abstract class AnrokError extends Error implements AnrokProblem {
  readonly code: AnrokErrorCode;
  readonly remedy: string;
  readonly retry: AnrokRetry;
  readonly outcome: AnrokOutcome;
  readonly operation: AnrokOperation | 'configuration';
  readonly status?: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(problem: AnrokProblem) {
    super(problem.message);
    this.name = new.target.name;
    this.code = problem.code;
    this.remedy = problem.remedy;
    this.retry = problem.retry;
    this.outcome = problem.outcome;
    this.operation = problem.operation;
    if (problem.status !== undefined) this.status = problem.status;
    this.details = problem.details;
  }

  /** So that a structured log has the message too, which an Error hides from JSON. */
  toJSON(): AnrokProblem & { readonly name: string } {
    const { name, message, code, remedy, retry, outcome, operation, status, details } = this;
    return { name, message, code, remedy, retry, outcome, operation, status, details };
  }
}
