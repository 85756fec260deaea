import { z } from 'zod';

/**
 * What goes wrong with a request that Anrok would have let in: its key is right and the rate limit leaves room. Whether
 * the operation is carried out all the same is said for each, as that is what a caller can't see.
 */
export type Fault = SerialisableFault | CallFault;
export type FaultKind = Fault['kind'];

export type SerialisableFault =
  /**
   * Answers this instead; not carried out. A text body is sent as it is, as `contentType` (default `text/plain`);
   * anything else as JSON. Default body: empty. A 429 without a `Retry-After` gets one of 1 second.
   */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Takes the request and never answers; not carried out. */
  | { readonly kind: 'timeout' }
  /** Destroys the connection; not carried out. */
  | { readonly kind: 'reset' }
  /** 200 with a page of HTML, or this text, as from something in between; not carried out. */
  | { readonly kind: 'garbage'; readonly body?: string }
  /** Waits so many real milliseconds, then carries it out and answers: late, also where the caller has gone. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Carries it out, sends the status, the headers and the first half of the body, and then nothing more. */
  | { readonly kind: 'stall' }
  /** Carries it out and answers with the first half of the body as if it were the whole; then closes. */
  | { readonly kind: 'truncate' }
  /** Carries it out, and the answer is lost: connection destroyed, never answered, or 502 from something in between. */
  | { readonly kind: 'loseAnswer'; readonly by: 'reset' | 'timeout' | 'status' };

/** Lets a test act at a precise moment. A hook that throws makes it a 500. In-process only. */
export interface CallFault {
  readonly kind: 'call';
  /** Before the operation is carried out. */
  readonly before?: () => void | Promise<void>;
  /** After it was carried out and before the answer leaves. */
  readonly after?: () => void | Promise<void>;
}

export const serialisableFault: z.ZodType<SerialisableFault> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    body: z.unknown().optional(),
    contentType: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('timeout') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('garbage'), body: z.string().optional() }),
  z.strictObject({ kind: z.literal('slow'), delayMs: z.int().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('stall') }),
  z.strictObject({ kind: z.literal('truncate') }),
  z.strictObject({ kind: z.literal('loseAnswer'), by: z.enum(['reset', 'timeout', 'status']) }),
]);
