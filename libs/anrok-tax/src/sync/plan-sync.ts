import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';
import type { HeldState } from '../records/held-transaction.entity.js';
import { requestHash } from './request-hash.js';

/** What we know Anrok to hold under one id. */
export interface Held {
  readonly transactionId: string;
  /** As last answered; null when no answer ever came. */
  readonly version?: number | null;
  readonly state: HeldState;
  readonly requestHash?: string | null;
}

export type SyncStep =
  | { readonly kind: 'record'; readonly draft: TransactionDraft }
  /** So that it counts no more: void, or negate what is frozen for filing. Without a version: whatever is there. */
  | { readonly kind: 'undo'; readonly transactionId: string; readonly expectedVersion?: number };

export interface SyncInput {
  /** What Anrok should hold: the document as it is now. Empty when it should count nothing of it. */
  readonly target: readonly TransactionDraft[];
  /** Of all generations. */
  readonly held: readonly Held[];
  /** Ids of this generation under which Anrok may hold something that we never got an answer to. */
  readonly doubtful: readonly string[];
}

/**
 * Whether what is to count was negated before, or may have been. A negated transaction is nothing together with its
 * negation, and has to stay as it is: recorded again, it would count less its old self. What counts anew is the next
 * generation, also where Anrok would take a change, because the filing was opened again.
 */
export function needsNextGeneration({ target, held }: Pick<SyncInput, 'target' | 'held'>): boolean {
  const spent = held.filter(({ state }) => state === 'negated' || state === 'doubtful');
  const ids = new Set(spent.map(({ transactionId }) => transactionId));
  return target.some(({ transactionId }) => ids.has(transactionId));
}

/**
 * The steps that bring Anrok from what it holds to what it should hold. None when it holds exactly that. When anything
 * differs, all parts of the document are recorded anew: they are taxed together. Where answers were lost, what we know
 * may be old: then nothing is taken for granted, and no version is expected.
 *
 * Where the next generation has to begin first, they are the steps after that, but for the new ids.
 */
export function planSync({ target, held, doubtful }: SyncInput): SyncStep[] {
  const isInDoubt = doubtful.length > 0;
  const open = new Map(
    held.filter(({ state }) => state === 'recorded' || state === 'doubtful').map((one) => [one.transactionId, one]),
  );
  const isSpent = needsNextGeneration({ target, held });
  const wanted = new Set(isSpent ? [] : target.map((draft) => draft.transactionId));
  const surplus = new Set([...open.keys(), ...doubtful].filter((id) => !wanted.has(id)));
  const isUnchanged =
    !isInDoubt &&
    !isSpent &&
    target.every((draft) => open.get(draft.transactionId)?.requestHash === requestHash(draft));
  return [
    ...(isUnchanged ? [] : target.map((draft) => ({ kind: 'record' as const, draft }))),
    ...[...surplus].map((transactionId) => {
      const { version } = open.get(transactionId) ?? {};
      const isKnown = !isInDoubt && typeof version === 'number';
      return { kind: 'undo' as const, transactionId, ...(isKnown && { expectedVersion: version }) };
    }),
  ];
}
