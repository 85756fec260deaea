import { AnrokCancelledError, AnrokTimeoutError } from '@anrok-nest/client';

const OPERATION = 'transactions.createEphemeral';

/** setTimeout fires at once when asked for more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface Patience {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

interface SharedCall<Answer> {
  readonly answer: Promise<Answer>;
  readonly abort: () => void;
  waiting: number;
}

/**
 * One call for all who want the same answer at the same time. Each waits as patiently as he is; who gives up leaves the
 * others theirs, and the last one to give up ends the call.
 */
export class SharedCalls<Answer> {
  private readonly running = new Map<string, SharedCall<Answer>>();

  /**
   * @param call made unless one of this key is running; its signal says when nobody waits any more
   * @throws AnrokTimeoutError, AnrokCancelledError when this caller gives up; else what the call throws
   */
  async join(key: string, call: (signal: AbortSignal) => Promise<Answer>, patience: Patience): Promise<Answer> {
    if (patience.signal?.aborted) throw new AnrokCancelledError(OPERATION, 'notSent');
    const shared = this.running.get(key) ?? this.start(key, call);
    shared.waiting += 1;
    try {
      return await patiently(shared.answer, patience);
    } finally {
      shared.waiting -= 1;
      if (shared.waiting === 0) {
        if (this.running.get(key) === shared) this.running.delete(key);
        shared.abort();
      }
    }
  }

  private start(key: string, call: (signal: AbortSignal) => Promise<Answer>): SharedCall<Answer> {
    const controller = new AbortController();
    const shared = { answer: call(controller.signal), abort: () => controller.abort(), waiting: 0 };
    this.running.set(key, shared);
    return shared;
  }
}

async function patiently<Answer>(answer: Promise<Answer>, { timeoutMs, signal }: Patience): Promise<Answer> {
  const givenUp = Promise.withResolvers<never>();
  const cancel = () => givenUp.reject(new AnrokCancelledError(OPERATION, 'unknown'));
  const expire = () => givenUp.reject(new AnrokTimeoutError(OPERATION, 'unknown', timeoutMs));
  const timer = setTimeout(expire, Math.min(timeoutMs, LONGEST_TIMER_MS));
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([givenUp.promise, answer]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
