import { describe, expect, it } from '@jest/globals';
import { AnrokClient } from './anrok-client.js';
import * as door from './index.js';
import { API_KEY } from './testing/test-client.js';

describe('a client', () => {
  it.each([
    ['acme/key-1/secret.x', 'acme'],
    ['no-slash', undefined],
    ['/key-1/secret.x', undefined],
  ])('knows from the key %s that its seller is %s', (apiKey, sellerId) => {
    expect(new AnrokClient({ apiKey }).sellerId).toBe(sellerId);
  });

  it.each([
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: `${API_KEY}\n` }],
    ['apiKey', { apiKey: 'ключ' }],
    ['apiKey', { apiKey: undefined as unknown as string }],
    ['requestTimeoutMs', { requestTimeoutMs: 0 }],
    ['requestTimeoutMs', { requestTimeoutMs: Number.NaN }],
    ['baseUrl', { baseUrl: 'api.anrok.com' }],
    ['baseUrl', { baseUrl: 'ftp://api.anrok.com' }],
    ['baseUrl', { baseUrl: 'https://user@api.anrok.com' }],
    ['baseUrl', { baseUrl: 'https://:pass@api.anrok.com' }],
    ['baseUrl', { baseUrl: 'https://api.anrok.com?x=1' }],
    ['baseUrl', { baseUrl: 'https://api.anrok.com#x' }],
  ])('names the option %s that cannot be right: %j', (field, options) => {
    expect(() => new AnrokClient({ apiKey: API_KEY, ...options })).toThrow(
      expect.objectContaining({
        code: 'anrok_invalid_request',
        operation: 'configuration',
        outcome: 'notSent',
        retry: 'never',
        details: { field },
      }),
    );
  });
});

describe('the door of the package', () => {
  it('opens to these values and no others', () => {
    expect(Object.keys(door).toSorted()).toEqual([
      'ACCOUNTING_TIME_ZONES',
      'AnrokBadRequestError',
      'AnrokCancelledError',
      'AnrokClient',
      'AnrokConflictError',
      'AnrokError',
      'AnrokFeatureNotEnabledError',
      'AnrokInvalidRequestError',
      'AnrokNetworkError',
      'AnrokNotFoundError',
      'AnrokRateLimitedError',
      'AnrokServerError',
      'AnrokTimeoutError',
      'AnrokUnauthorizedError',
      'AnrokUnknownConflictError',
      'AnrokUnreadableAnswerError',
      'InMemoryRateLimiter',
      'SharedRateLimiter',
      'toConflictError',
    ]);
  });
});
