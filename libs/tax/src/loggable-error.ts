/** What may be logged of an error. */
export interface LoggableError {
  /** The name of its class. */
  readonly error: string;
  /** Its code, or that of its cause, such as `ECONNREFUSED`. */
  readonly errorCode?: string;
  /** Where it was thrown: frames, with the name in place of the message. */
  readonly stack?: string;
}

/**
 * An error without its message: whoever throws writes into it what he worked on, and that may be an address, a tax id
 * or a key. Class, code and place are enough to find the cause by.
 *
 * ```ts
 * const { stack, ...what } = toLoggable(error);
 * logger.error('The document was not saved', { documentId, ...what }, stack);
 * ```
 */
export function toLoggable(thrown: unknown): LoggableError {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const errorCode = codeOf(thrown) ?? codeOf(thrown.cause);
  return {
    error: thrown.name,
    ...(errorCode !== undefined && { errorCode }),
    stack: [thrown.name, ...framesOf(thrown)].join('\n'),
  };
}

function codeOf(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : undefined;
}

/** None where the message can't be told from the frames: it may look like some. */
function framesOf({ message, stack = '' }: Error): string[] {
  const header = message && `: ${message}`;
  if (!stack.includes(header)) return [];
  // errors that wrap another may hold its stack too, and with it the message once more
  return stack
    .replaceAll(header, '')
    .split('\n')
    .filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line));
}
