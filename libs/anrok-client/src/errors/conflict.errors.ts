import type { AnrokOperation } from '../anrok-operation.js';
import { AnrokError, type AnrokProblem } from './anrok.error.js';
import { type AnrokConflictType, CONFLICTS } from './conflict.table.js';

/** What a conflict (409) says besides its type. */
export interface AnrokConflictFields {
  /** With `productExternalIdUnknown`: the product that Anrok doesn't know. */
  readonly productExternalId?: string;
  /** With `externalIdInvalid`: Anrok's text, redacted and of bounded length. */
  readonly explanation?: string;
}

/** 409: Anrok understood and refused, for a reason that it names. All types and decisions: `conflict.table.ts`. */
export class AnrokConflictError extends AnrokError implements AnrokConflictFields {
  readonly type: AnrokConflictType | (string & {});
  readonly productExternalId?: string;
  readonly explanation?: string;

  constructor(
    operation: AnrokOperation,
    type: AnrokConflictType | (string & {}),
    problem: Pick<AnrokProblem, 'code' | 'message' | 'remedy' | 'retry'>,
    fields: AnrokConflictFields = {},
  ) {
    super({
      ...problem,
      message: [problem.message, fields.productExternalId && `It is "${fields.productExternalId}".`, fields.explanation]
        .filter(Boolean)
        .join(' '),
      outcome: 'refused',
      operation,
      status: 409,
      details: { type, ...fields },
    });
    this.type = type;
    Object.assign(this, fields);
  }
}

/** The seller account lacks a paid feature; everything else works without it. */
export class AnrokFeatureNotEnabledError extends AnrokConflictError {}

/** A type that this version doesn't know. */
export class AnrokUnknownConflictError extends AnrokConflictError {
  constructor(operation: AnrokOperation, type: string) {
    super(operation, type, {
      code: 'anrok_conflict_unknown',
      message: `Anrok refused the request for a reason that this client does not know: "${type}".`,
      remedy: "Look the reason up in Anrok's API reference, and see whether a newer version of this client knows it.",
      retry: 'never',
    });
  }
}

/** Any type of a 409 → its error. */
export function toConflictError(
  operation: AnrokOperation,
  type: string,
  fields: AnrokConflictFields = {},
): AnrokConflictError {
  // own keys only: "constructor" is no conflict that we know
  if (!Object.hasOwn(CONFLICTS, type)) return new AnrokUnknownConflictError(operation, type);
  const { isFeature, ...problem } = { isFeature: false, ...CONFLICTS[type as AnrokConflictType] };
  return new (isFeature ? AnrokFeatureNotEnabledError : AnrokConflictError)(operation, type, problem, fields);
}
