import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AnrokBadRequestError,
  AnrokNotFoundError,
  AnrokRateLimitedError,
  AnrokServerError,
  AnrokUnauthorizedError,
  AnrokUnreadableAnswerError,
} from './answer.errors.js';
import { AnrokError } from './anrok.error.js';
import { classifyAnswer } from './classify-answer.js';
import { AnrokConflictError, AnrokUnknownConflictError } from './conflict.errors.js';

const answer = (status: number, body?: unknown, headers = {}) => ({ status, body, headers });

describe('an answer that is no success', () => {
  it.each([
    [400, AnrokBadRequestError, 'anrok_bad_request', 'after-fix', 'refused'],
    [401, AnrokUnauthorizedError, 'anrok_unauthorized', 'after-fix', 'refused'],
    [403, AnrokUnauthorizedError, 'anrok_unauthorized', 'after-fix', 'refused'],
    [404, AnrokNotFoundError, 'anrok_not_found', 'after-fix', 'refused'],
    [409, AnrokUnreadableAnswerError, 'anrok_unreadable_answer', 'later', 'unknown'],
    [429, AnrokRateLimitedError, 'anrok_rate_limited', 'later', 'refused'],
    [500, AnrokServerError, 'anrok_server_error', 'later', 'unknown'],
    [502, AnrokServerError, 'anrok_server_error', 'later', 'unknown'],
    [503, AnrokServerError, 'anrok_server_error', 'later', 'unknown'],
    [504, AnrokServerError, 'anrok_server_error', 'later', 'unknown'],
    [100, AnrokUnreadableAnswerError, 'anrok_unreadable_answer', 'later', 'unknown'],
    [302, AnrokUnreadableAnswerError, 'anrok_unreadable_answer', 'later', 'unknown'],
    [418, AnrokUnreadableAnswerError, 'anrok_unreadable_answer', 'later', 'unknown'],
    [600, AnrokUnreadableAnswerError, 'anrok_unreadable_answer', 'later', 'unknown'],
  ])('with status %i is one %p', (status, kind, code, retry, outcome) => {
    const error = classifyAnswer('transactions.void', answer(status));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ name: kind.name, code, retry, outcome, status, operation: 'transactions.void' });
  });

  it.each([
    ['a JSON string or a text', 'Request body: "lineItems": Required.', 'Request body: "lineItems": Required.'],
    ['something else', { error: ['no'] }, '{"error":["no"]}'],
    ['nothing', undefined, ''],
  ])('carries what Anrok says with a 400: %s', (_, body, explanation) => {
    const error = classifyAnswer('products.create', answer(400, body));
    expect(error).toMatchObject({ explanation, details: { explanation } });
    expect(error.message).toContain(explanation);
  });

  it('keeps the words of a 400 short, and whole characters', () => {
    const { message } = classifyAnswer('products.create', answer(400, `${'x'.repeat(999)}😀${'y'.repeat(9000)}`));
    expect(message.length).toBeLessThan(1100);
    expect(message.isWellFormed()).toBe(true);
  });

  it('reads the type and the fields of a conflict', () => {
    const body = { type: 'productExternalIdUnknown', productExternalId: 'sku-9' };
    const error = classifyAnswer('transactions.createOrUpdate', answer(409, body));
    expect(error).toBeInstanceOf(AnrokConflictError);
    expect(error).toMatchObject({ code: 'anrok_product_external_id_unknown', productExternalId: 'sku-9' });
  });

  it('is no known conflict when its type is new', () => {
    const error = classifyAnswer('transactions.void', answer(409, { type: 'somethingNew' }));
    expect(error).toBeInstanceOf(AnrokUnknownConflictError);
    expect(error).toMatchObject({ code: 'anrok_conflict_unknown', retry: 'never', outcome: 'refused' });
  });

  it("carries Anrok's text where an external id is invalid", () => {
    const body = { type: 'externalIdInvalid', message: 'It must not end in a space.' };
    const error = classifyAnswer('products.create', answer(409, body));
    expect(error).toMatchObject({ explanation: 'It must not end in a space.' });
    expect(error.message).toBe('Anrok does not accept the external id. It must not end in a space.');
  });

  it('says how long a rate limit lasts', () => {
    const error = classifyAnswer('filings.list', answer(429, 'slow down', { 'retry-after': '7' }));
    expect(error).toMatchObject({ retryAfterMs: 7000, details: { retryAfterMs: 7000 } });
  });

  it('is exactly one AnrokError with sentences for a person, whatever the status and the body', () => {
    const body = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constant(undefined),
      fc.record({ type: fc.jsonValue(), productExternalId: fc.jsonValue(), message: fc.jsonValue() }),
    );
    const anyStatus = fc.oneof(fc.constantFrom(400, 401, 403, 404, 409, 429, 500), fc.integer({ min: 100, max: 999 }));
    fc.assert(
      fc.property(anyStatus, body, (status, content) => {
        const error = classifyAnswer('transactions.createOrUpdate', answer(status, content));
        expect(error).toBeInstanceOf(AnrokError);
        expect(error.code).toMatch(/^anrok_[a-z_]+$/);
        expect(error.message).not.toBe('');
        expect(error.remedy).toMatch(/^[A-Z].*\.$/);
        expect(() => JSON.stringify(error)).not.toThrow();
      }),
    );
  });

  it('tells a log its message too', () => {
    const error = classifyAnswer('transactions.void', answer(503));
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'AnrokServerError',
      message: 'Anrok could not answer (503).',
      code: 'anrok_server_error',
      remedy: expect.any(String),
      retry: 'later',
      outcome: 'unknown',
      operation: 'transactions.void',
      status: 503,
      details: {},
    });
  });
});
