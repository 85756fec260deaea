import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnrokError } from '../errors/anrok.error.js';
import { aComputedTransaction, aTransaction } from '../testing/answers.js';
import { useScriptedServer } from '../testing/scripted-server.js';
import { aClient, errorOf } from '../testing/test-client.js';

const server = useScriptedServer();
const good = { version: 1, ...aComputedTransaction() };

describe('an answer of status 200', () => {
  it.each([
    ['HTML', '<html><body>Sign in</body></html>', /no JSON: <html>/],
    ['truncated JSON', JSON.stringify(good).slice(0, -20), /no JSON/],
    ['nothing', '', /empty/],
    ['blanks', ' \n', /empty/],
    ['null', 'null', /expected object/],
    ['a JSON text', '"OK"', /no JSON: OK/],
    ['no total', JSON.stringify({ ...good, taxAmountToCollect: undefined }), /taxAmountToCollect: .*expected/],
    [
      'a fraction of a cent',
      JSON.stringify({ ...good, taxAmountToCollect: 0.5 }),
      /taxAmountToCollect: .*expected int/,
    ],
    ['tax as a number', JSON.stringify({ ...good, preTaxAmount: 15_000 }), /preTaxAmount: .*expected string/],
  ])('with %s is unreadable, never undefined and never zero tax', async (_, body, message) => {
    server.replyWith({ body });
    expect(await errorOf(aClient(server.url).transactions.createOrUpdate(aTransaction()))).toMatchObject({
      code: 'anrok_unreadable_answer',
      status: 200,
      outcome: 'unknown',
      message: expect.stringMatching(message),
    });
  });

  it.each(['<html></html>', '"OK"', '[]', 'null'])('with %s is unreadable for a void too', async (body) => {
    server.replyWith({ body });
    const error = await errorOf(aClient(server.url).transactions.void('7'));
    expect(error).toMatchObject({ code: 'anrok_unreadable_answer' });
  });

  it('keeps the account of many faults short', async () => {
    const lineItems = Array.from({ length: 1200 }, () => ({}));
    server.replyWith({ body: { ...good, lineItems } });
    const error = await errorOf(aClient(server.url).transactions.createOrUpdate(aTransaction()));
    expect(error.message.length).toBeLessThan(600);
  });

  it('may begin with a byte order mark', async () => {
    server.replyWith({ body: `\uFEFF${JSON.stringify(good)}` });
    expect(await aClient(server.url).transactions.createOrUpdate(aTransaction())).toEqual(good);
  });
});

describe('any answer at all', () => {
  it('is a value or exactly one AnrokError', async () => {
    const body = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string(),
      fc.constantFrom('[', '{"type":', '['.repeat(50_000) + ']'.repeat(50_000)),
      fc.jsonValue().map((type) => JSON.stringify({ type })),
    );
    const status = fc.integer({ min: 200, max: 599 }).filter((code) => ![204, 205, 304].includes(code));
    const { transactions } = aClient(server.url, { rateLimiter: { acquire: async () => {}, pause: () => {} } });
    await fc.assert(
      fc.asyncProperty(status, body, async (code, text) => {
        server.replyWith({ status: code, body: text, headers: { 'retry-after': '99' } });
        const error = await errorOf(transactions.createOrUpdate(aTransaction()));
        expect(error).toBeInstanceOf(AnrokError);
      }),
      { numRuns: 80 },
    );
  });
});
