import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import { requestHash } from './request-hash.js';

/** What we know Anrok to hold under one id. */
export interface Held {
  readonly transactionId: string;
  readonly version: number;
  readonly state: 'recorded' | 'voided';
  readonly requestHash: string;
}

export type SyncStep =
  | { readonly kind: 'record'; readonly draft: TransactionDraft }
  | { readonly kind: 'void'; readonly transactionId: string; readonly expectedVersion?: number };

export interface SyncInput {
  /** What Anrok should hold: the document as it is now. */
  readonly target: readonly TransactionDraft[];
  readonly held: readonly Held[];
  /** Ids under which Anrok may hold something that we never got an answer to. */
  readonly doubtful: readonly string[];
}

/**
 * The steps that bring Anrok from what it holds to what it should hold. None when it holds exactly that. When anything
 * differs, all parts of the document are recorded anew: they are taxed together.
 */
export function planSync({ target, held, doubtful }: SyncInput): SyncStep[] {
  const recorded = new Map(held.filter((one) => one.state === 'recorded').map((one) => [one.transactionId, one]));
  const wanted = new Set(target.map((draft) => draft.transactionId));
  const surplus = new Set([...recorded.keys(), ...doubtful].filter((id) => !wanted.has(id)));
  const unchanged = target.every(
    (draft) =>
      recorded.get(draft.transactionId)?.requestHash === requestHash(draft) && !doubtful.includes(draft.transactionId),
  );
  return [
    ...(unchanged ? [] : target.map((draft) => ({ kind: 'record' as const, draft }))),
    ...[...surplus].map((transactionId) => toVoid(transactionId, doubtful.includes(transactionId), recorded)),
  ];
}

function toVoid(transactionId: string, inDoubt: boolean, recorded: ReadonlyMap<string, Held>): SyncStep {
  const version = recorded.get(transactionId)?.version;
  // where an answer was lost the version we know may be an old one, and the void is meant for whatever is there
  return inDoubt || version === undefined
    ? { kind: 'void', transactionId }
    : { kind: 'void', transactionId, expectedVersion: version };
}
