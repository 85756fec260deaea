import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, htmlAnswer, jsonAnswer, textAnswer } from '../http/answer.js';
import type { Fault } from './fault.js';

/** What happens to the connection: the answer as it should be, damaged, or none. */
export type Delivery =
  { readonly as: 'whole' | 'stalled' | 'truncated'; readonly answer: Answer } | { readonly as: 'nothing' | 'reset' };

/** Carries an operation out, or not, in the way that a fault demands. Rejects when the signal aborts a delay. */
export async function performWith(
  fault: Fault | undefined,
  perform: () => Answer,
  signal: AbortSignal,
): Promise<Delivery> {
  const instead = fault && deliveryInstead(fault);
  if (instead) return instead;
  if (fault?.kind === 'slow') await delay(fault.delayMs, undefined, { signal });
  if (fault?.kind === 'call') await fault.before?.();
  const answer = perform();
  if (fault?.kind === 'call') await fault.after?.();
  if (fault?.kind === 'loseAnswer') return LOST[fault.by];
  return { as: fault?.kind === 'stall' ? 'stalled' : fault?.kind === 'truncate' ? 'truncated' : 'whole', answer };
}

const LOST = {
  reset: { as: 'reset' },
  timeout: { as: 'nothing' },
  status: { as: 'whole', answer: htmlAnswer(502, '502 Bad Gateway') },
} as const satisfies Record<string, Delivery>;

/** What a fault does in the place of the operation; undefined where the operation is carried out. */
function deliveryInstead(fault: Fault): Delivery | undefined {
  if (fault.kind === 'status') return { as: 'whole', answer: statusAnswer(fault) };
  if (fault.kind === 'timeout') return { as: 'nothing' };
  if (fault.kind === 'reset') return { as: 'reset' };
  if (fault.kind !== 'garbage') return undefined;
  const page = htmlAnswer(200, 'Welcome');
  return { as: 'whole', answer: { ...page, body: fault.body ?? page.body } };
}

function statusAnswer({ status, body, contentType, headers }: Extract<Fault, { kind: 'status' }>): Answer {
  const isText = body === undefined || typeof body === 'string';
  const answer = isText ? textAnswer(status, body ?? '') : jsonAnswer(status, body);
  const hasRetryAfter = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'retry-after');
  return {
    ...answer,
    ...(contentType !== undefined && { contentType }),
    headers: { ...(status === 429 && !hasRetryAfter && { 'Retry-After': '1' }), ...headers },
  };
}
