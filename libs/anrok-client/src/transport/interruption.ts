/** Why a step was given up; never leaves the client. */
export class Interruption extends Error {
  constructor(readonly by: 'caller' | 'timeout') {
    super(`interrupted by ${by}`);
  }
}

/** setTimeout fires at once when asked for more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs a step, for so long at most and until the caller's signal says otherwise. The step is told by its own signal,
 * and is left behind even if it doesn't listen (an interceptor of the host may hang where no signal reaches it).
 *
 * Written out, because `AbortSignal.any` of a signal that outlives its calls would keep something of each of them.
 *
 * @throws Interruption
 */
export async function interruptible<Result>(
  step: (signal: AbortSignal) => Promise<Result>,
  timeoutMs: number,
  caller?: AbortSignal,
): Promise<Result> {
  if (caller?.aborted) throw new Interruption('caller');
  if (!(timeoutMs > 0)) throw new Interruption('timeout');

  const controller = new AbortController();
  const interrupted = Promise.withResolvers<never>();
  const interrupt = (by: Interruption['by']) => {
    const interruption = new Interruption(by);
    interrupted.reject(interruption);
    controller.abort(interruption);
  };
  const cancel = () => interrupt('caller');
  const timer = setTimeout(() => interrupt('timeout'), Math.min(timeoutMs, LONGEST_TIMER_MS));
  caller?.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([interrupted.promise, step(controller.signal)]);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', cancel);
  }
}
