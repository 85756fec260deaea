import { describe, expect, it } from '@jest/globals';
import { AnrokClient, AnrokError, AnrokInvalidRequestError } from '@anrok-nest/client';
import fc from 'fast-check';
import { retryAfterMs } from '../../libs/anrok-client/src/errors/retry-after.js';
import { classifyFailure } from '../../libs/anrok-client/src/errors/classify-failure.js';
import { OPERATIONS } from '../../libs/anrok-client/src/testing/operations.js';
import { damaged, expectSurvival, FUZZ_TIMEOUT_MS, nastyJson, nastyText } from '../support/fuzzing.js';
import { clientThatGets } from './client-that-gets.js';

const date = nastyText('Sun, 06 Nov 1994 08:49:37 GMT', '2026-01-31', 'T', 'Z', '1', '-', '.', ' ', '9');
const statuses = fc.oneof(
  { weight: 6, arbitrary: fc.constant(200) },
  { weight: 4, arbitrary: fc.constantFrom(204, 400, 401, 404, 409, 429, 500, 503) },
  { weight: 1, arbitrary: fc.integer({ min: -1, max: 1_000 }) },
);
const conflict = nastyJson('type', 'productExternalId', 'message');

describe('whatever Anrok answers', () => {
  it.each(Object.entries(OPERATIONS))(
    'to %s is read, or is an AnrokError',
    async (_, { call, answer }) => {
      const body = fc.oneof(
        { weight: 5, arbitrary: damaged(answer) },
        { weight: 1, arbitrary: conflict },
        { weight: 1, arbitrary: nastyText('{', '}', '[', ']', '"', ':', ',', 'null') },
      );
      const answers = fc.record({
        status: statuses,
        data: body,
        headers: fc.record({ 'retry-after': date, date }, { requiredKeys: [] }),
      });
      await call(
        clientThatGets({
          status: 200,
          headers: {},
          data: typeof answer === 'string' ? answer : JSON.stringify(answer),
        }),
      );
      await expectSurvival(answers, (given) => call(clientThatGets(given)), AnrokError);
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'asks to wait from a millisecond to a minute',
    () =>
      expectSurvival(fc.record({ 'retry-after': date, date }, { requiredKeys: [] }), (headers) => {
        const ms = retryAfterMs(headers);
        expect(Number.isInteger(ms) && ms >= 1 && ms <= 60_000).toBe(true);
      }),
    FUZZ_TIMEOUT_MS,
  );

  it(
    'breaks by is an AnrokError',
    () =>
      expectSurvival(fc.anything(), (thrown) => {
        expect(classifyFailure('filings.list', thrown, (text) => text)).toBeInstanceOf(AnrokError);
      }),
    FUZZ_TIMEOUT_MS,
  );

  it(
    'is asked with, in key and base URL, makes a client or is refused',
    () =>
      expectSurvival(
        fc.record({
          apiKey: nastyText('acme', '/', 'key-1', 'secret.'),
          baseUrl: nastyText('https://', 'http:', '//', '/', '@', ':', '?', '#', '[::1]', 'api.anrok.com', '\t'),
        }),
        (options) => new AnrokClient(options),
        AnrokInvalidRequestError,
      ),
    FUZZ_TIMEOUT_MS,
  );
});
