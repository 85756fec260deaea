import type { z } from 'zod';
import { AnrokUnreadableAnswerError } from '../errors/answer.errors.js';
import { type Answer, classifyAnswer } from '../errors/classify-answer.js';
import type { AnrokRequest } from './anrok-request.js';
import { cutText } from '../redaction.js';

const MOST_FAULTS = 3;
const LONGEST_FAULT = 500;

/**
 * An HTTP answer → what the operation answers, checked before anybody trusts it.
 *
 * @throws AnrokError for everything else
 */
export function readAnswer<Result>(
  request: AnrokRequest<Result>,
  answer: Answer,
  redact: (value: unknown) => unknown,
): Result {
  const { operation } = request;
  // written so that no status at all (an interceptor of the host may lose it) is no success
  if (!(answer.status >= 200 && answer.status <= 299))
    throw classifyAnswer(operation, { ...answer, body: redact(answer.body) });

  const { data, error } = request.answer.safeParse(answer.body);
  const fault = error ? faultsOf(answer.body, error) : request.disagreement?.(data);
  if (fault !== undefined)
    throw new AnrokUnreadableAnswerError(operation, cutText(String(redact(fault)), LONGEST_FAULT), answer.status);
  return data!;
}

function faultsOf(body: unknown, error: z.ZodError): string {
  if (body === undefined) return 'it is empty';
  // no operation answers a bare text, so this is text that didn't parse
  if (typeof body === 'string') return `it is no JSON: ${body.trim()}`;
  return error.issues
    .slice(0, MOST_FAULTS)
    .map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`)
    .join('; ');
}
