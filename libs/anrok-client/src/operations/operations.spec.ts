import { describe, expect, it } from '@jest/globals';
import { aComputedTransaction, anEphemeralTransaction, aTransaction } from '../testing/answers.js';
import { OPERATIONS } from '../testing/operations.js';
import { useScriptedServer } from '../testing/scripted-server.js';
import { aClient, API_KEY } from '../testing/test-client.js';

const server = useScriptedServer();

describe('every operation has its path, body and answer', () => {
  it.each(Object.entries(OPERATIONS))('%s', async (_, { call, path, body = {}, answer, ...expected }) => {
    server.replyWith({ body: answer });
    const result = await call(aClient(server.url));
    expect(server.received).toHaveLength(1);
    expect(server.last).toMatchObject({ method: 'POST', path, body });
    expect(server.last.body).toEqual(body);
    expect(server.last.headers).toMatchObject({
      authorization: `Bearer ${API_KEY}`,
      'content-type': 'application/json',
      accept: 'application/json',
    });
    expect(result).toEqual('result' in expected ? expected.result : answer);
  });

  it('refuses an empty id before anything is sent', async () => {
    const client = aClient(server.url);
    const calls = [
      client.transactions.void(''),
      client.products.get(' '),
      client.productIdMappings.list(''),
      client.productIdMappings.add('', { sourceId: 'a', targetId: 'b' }),
      client.certificates.get(''),
      client.certificates.archive(''),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'anrok_invalid_request' });
    expect(server.received).toEqual([]);
  });
});

describe('the lines of a computed transaction', () => {
  const changed = (change: (answer: ReturnType<typeof aComputedTransaction>) => void) => {
    const answer = aComputedTransaction();
    change(answer);
    return { version: 1, ...answer };
  };

  it.each([
    ['one is missing', changed((answer) => void answer.lineItems.pop()), /1 lines for 2/],
    ['there is one too many', changed((answer) => void answer.lineItems.push(answer.lineItems[1]!)), /3 lines for 2/],
    ['an id is lost', changed((answer) => void (answer.lineItems[0]!.id = null)), /line 0 is "null".*"seats"/],
    [
      'they come in another order',
      changed((answer) => void answer.lineItems.push(answer.lineItems.shift()!)),
      /line 0/,
    ],
  ])('must be those of the request: unreadable when %s', async (_, answer, message) => {
    server.replyWith({ body: answer }, { body: answer });
    const { transactions } = aClient(server.url);
    for (const call of [
      transactions.createEphemeral(anEphemeralTransaction()),
      transactions.createOrUpdate(aTransaction()),
    ])
      await expect(call).rejects.toMatchObject({
        code: 'anrok_unreadable_answer',
        outcome: 'unknown',
        message: expect.stringMatching(message),
      });
  });
});
