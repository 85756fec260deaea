import type { OperationName } from '../operations/operation.js';
import type { Fault } from './fault.js';

/** Which requests: those of one operation, or all. */
export type FaultTarget = OperationName | 'any';

/** What shall go wrong, and when. Nothing does until it is told to. */
export interface Faults {
  /** For the next `times` (default 1) requests that it fits; faults for the same request happen in the order given. */
  next(target: FaultTarget, fault: Fault, options?: { readonly times?: number }): void;
  /** For every request that it fits and no `next` takes, until `clear`; of several the last one given. */
  always(target: FaultTarget, fault: Fault): void;
  /** Lets the next request that it fits wait at the door: before a fault is chosen and before anything is done. */
  hold(target: FaultTarget): Hold;
  /** Back to normal: forgets all faults and lets in who waits. */
  clear(): void;
}

export interface Hold {
  /** Settles when a request has arrived and waits. */
  readonly arrived: Promise<void>;
  /** Lets it go on; called early, the request that comes won't wait. */
  readonly release: () => void;
}

interface Gate extends Hold {
  readonly target: FaultTarget;
  readonly released: Promise<void>;
  readonly arrive: () => void;
}

export class FaultScript implements Faults {
  private queue: { readonly target: FaultTarget; readonly fault: Fault; left: number }[] = [];
  private standing: { readonly target: FaultTarget; readonly fault: Fault }[] = [];
  private gates: Gate[] = [];
  private readonly waiting = new Set<Gate>();

  next(target: FaultTarget, fault: Fault, { times = 1 }: { readonly times?: number } = {}): void {
    this.queue.push({ target, fault, left: times });
  }

  always(target: FaultTarget, fault: Fault): void {
    this.standing.push({ target, fault });
  }

  hold(target: FaultTarget): Hold {
    const gate = closedGate(target);
    this.gates.push(gate);
    return { arrived: gate.arrived, release: gate.release };
  }

  clear(): void {
    for (const gate of [...this.gates, ...this.waiting]) gate.release();
    this.queue = [];
    this.standing = [];
    this.gates = [];
  }

  /** Waits where a hold tells this request to. */
  async pass(operation: OperationName): Promise<void> {
    const gate = this.gates.find((one) => fits(one.target, operation));
    if (!gate) return;
    this.gates = this.gates.filter((one) => one !== gate);
    this.waiting.add(gate);
    gate.arrive();
    await gate.released;
    this.waiting.delete(gate);
  }

  /** The fault that this request shall meet, used up where it was for a number of times. */
  take(operation: OperationName): Fault | undefined {
    const queued = this.queue.find((one) => fits(one.target, operation));
    if (!queued) return this.standing.findLast((one) => fits(one.target, operation))?.fault;
    queued.left -= 1;
    if (queued.left <= 0) this.queue = this.queue.filter((one) => one !== queued);
    return queued.fault;
  }
}

function fits(target: FaultTarget, operation: OperationName): boolean {
  return target === 'any' || target === operation;
}

function closedGate(target: FaultTarget): Gate {
  const arrival = Promise.withResolvers<void>();
  const opening = Promise.withResolvers<void>();
  return {
    target,
    arrived: arrival.promise,
    released: opening.promise,
    arrive: arrival.resolve,
    release: opening.resolve,
  };
}
