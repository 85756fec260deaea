import type { FaultKind } from './faults/fault.js';
import type { FaultTarget } from './faults/fault.script.js';
import type { OperationName } from './operations/operation.js';

/** A request as received. */
export interface Call {
  /** Null where the path means none. */
  readonly operation: OperationName | null;
  readonly path: string;
  /** Null where the key is wrong or missing. Keys themselves are not kept. */
  readonly sellerId: string | null;
  /** Parsed; undefined where it is no JSON. */
  readonly body: unknown;
  readonly receivedAt: Date;
  /** The status sent; null while there is no answer, and for ever where a fault swallows it. */
  readonly status: number | null;
  readonly fault: FaultKind | null;
}

/** The requests received, oldest first; the control plane's own are not among them. */
export interface Calls {
  all(): readonly Call[];
  of(target: FaultTarget): readonly Call[];
  clear(): void;
}

/** A simulator that runs for weeks forgets the oldest. */
const CAPACITY = 10_000;

export class CallLog implements Calls {
  private calls: { -readonly [K in keyof Call]: Call[K] }[] = [];

  all(): readonly Call[] {
    return this.of('any');
  }

  of(target: FaultTarget): readonly Call[] {
    return this.calls.filter(({ operation }) => target === 'any' || operation === target).map((call) => ({ ...call }));
  }

  clear(): void {
    this.calls = [];
  }

  /** @returns how to note what became of it */
  enter(call: Omit<Call, 'status' | 'fault'>): (outcome: Partial<Pick<Call, 'status' | 'fault'>>) => void {
    const entry = { ...call, status: null, fault: null };
    this.calls.push(entry);
    if (this.calls.length > CAPACITY) this.calls.shift();
    return (outcome) => void Object.assign(entry, outcome);
  }
}
