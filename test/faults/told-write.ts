import type { Fleet } from './fleet.js';
import type { HostProcess } from '../support/host-process.js';

/** What became of a write: done, refused by the host's rules, or nobody knows, because the answer got lost. */
export type Told<T> = { readonly became: 'done'; readonly answer: T } | { readonly became: 'refused' | 'unknown' };

const PATIENCE_MS = 20_000;

/** @param ask answers, or throws what the official client throws */
export async function tell<T>(fleet: Fleet, which: number, ask: (host: HostProcess) => Promise<T>): Promise<Told<T>> {
  const host = await fleet.serving(which);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new TypeError('no answer')), PATIENCE_MS);
  try {
    return { became: 'done', answer: await Promise.race([ask(host), late.promise]) };
  } catch (error) {
    const { status, name } = error as { status?: number; name?: string };
    // a server in trouble may have done it all the same: it lost its database while that was committing
    if (status !== undefined) return { became: status >= 500 ? 'unknown' : 'refused' };
    // what fetch throws when the connection breaks
    if (name === 'TypeError' || name === 'SyntaxError') return { became: 'unknown' };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** For what can be said again without harm: until somebody answers. */
export async function insist<T>(fleet: Fleet, which: number, ask: (host: HostProcess) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const told = await tell(fleet, which + attempt, ask);
    if (told.became === 'done') return told.answer;
    if (told.became === 'refused') throw new Error('The host refused what it should take.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
