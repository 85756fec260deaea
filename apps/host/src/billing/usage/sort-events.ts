import { isDeepStrictEqual } from 'node:util';
import type { Subscription } from '../subscription/subscription.entity.js';
import type { UsageEvent } from './usage-event.entity.js';

/** What a caller says was used. */
export interface UsageEventInput {
  readonly transactionId: string;
  /** The caller's own id of the subscription. */
  readonly subscriptionId: string;
  readonly code: string;
  /** Now when absent. */
  readonly timestamp?: Date | null;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

/** An event that is about to be recorded. */
export interface NewEvent extends Pick<UsageEvent, 'transactionId' | 'code' | 'timestamp' | 'properties'> {
  readonly subscription: Subscription;
}

export interface SortedEvents {
  /** By index of the input that first tells of it. */
  readonly fresh: ReadonlyMap<number, NewEvent>;
  /** Of every input, the event that it tells of: one that is known, or a fresh one. */
  readonly all: readonly (UsageEvent | NewEvent)[];
  /** Indices of the inputs whose transaction id is another event's. */
  readonly clashing: readonly number[];
}

/** Tells what is new from what is told once more. */
export function sortEvents(
  inputs: readonly UsageEventInput[],
  subscriptions: ReadonlyMap<string, Subscription>,
  known: readonly UsageEvent[],
  now: Date,
): SortedEvents {
  const events = new Map<string, UsageEvent | NewEvent>(known.map((event) => [keyOf(event), event]));
  const fresh = new Map<number, NewEvent>();
  const clashing: number[] = [];
  const all = inputs.map((input, index) => {
    const event = toNewEvent(input, subscriptions.get(input.subscriptionId)!, now);
    const present = events.get(keyOf(event));
    if (present && !isRepeated(present, input)) clashing.push(index);
    if (present) return present;
    events.set(keyOf(event), event);
    fresh.set(index, event);
    return event;
  });
  return { fresh, all, clashing };
}

function toNewEvent(input: UsageEventInput, subscription: Subscription, now: Date): NewEvent {
  const { transactionId, code, timestamp, properties } = input;
  return { subscription, transactionId, code, timestamp: timestamp ?? now, properties: properties ?? {} };
}

function keyOf({ subscription, transactionId }: Pick<NewEvent, 'subscription' | 'transactionId'>): string {
  return JSON.stringify([subscription.id, transactionId]);
}

/** Whether it says again what was said before; a time that isn't given says nothing. */
function isRepeated(event: UsageEvent | NewEvent, { code, timestamp, properties }: UsageEventInput): boolean {
  return (
    event.code === code &&
    (!timestamp || timestamp.getTime() === event.timestamp.getTime()) &&
    isDeepStrictEqual(event.properties, properties ?? {})
  );
}
