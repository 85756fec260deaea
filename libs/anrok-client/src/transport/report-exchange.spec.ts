import { describe, expect, it, jest } from '@jest/globals';
import type { AnrokExchange } from '../anrok-exchange.js';
import { aComputedTransaction, aTransaction } from '../testing/answers.js';
import { useScriptedServer } from '../testing/scripted-server.js';
import { aClient, errorOf } from '../testing/test-client.js';

const server = useScriptedServer();
const recorded = { version: 1, ...aComputedTransaction() };

async function exchangeOf(reply: Parameters<typeof server.replyWith>[0], options = {}): Promise<AnrokExchange> {
  server.replyWith(reply);
  const exchanges: AnrokExchange[] = [];
  const call = { onExchange: (exchange: AnrokExchange) => exchanges.push(exchange) };
  await aClient(server.url, options)
    .transactions.createOrUpdate(aTransaction(), call)
    .catch(() => {});
  expect(exchanges).toHaveLength(1);
  return exchanges[0]!;
}

describe('the report of an exchange', () => {
  it('says what was sent, what came back, when, and how long it took', async () => {
    let now = Date.parse('2026-03-15T12:00:00Z');
    const exchange = await exchangeOf(
      (response) => {
        now += 250;
        response.end(JSON.stringify(recorded));
      },
      { now: () => now },
    );
    expect(exchange).toEqual({
      operation: 'transactions.createOrUpdate',
      path: '/v1/seller/transactions/createOrUpdate',
      requestBody: aTransaction(),
      status: 200,
      responseBody: recorded,
      startedAt: Date.parse('2026-03-15T12:00:00Z'),
      durationMs: 250,
    });
  });

  it('carries the code of the error that the call ends in', async () => {
    const exchange = await exchangeOf({ status: 409, body: { type: 'transactionFrozenForFiling' } });
    expect(exchange).toMatchObject({
      status: 409,
      responseBody: { type: 'transactionFrozenForFiling' },
      errorCode: 'anrok_transaction_frozen_for_filing',
    });
  });

  it('shows the answer that could not be read', async () => {
    const exchange = await exchangeOf({ body: { ...recorded, version: undefined } });
    expect(exchange).toMatchObject({ status: 200, errorCode: 'anrok_unreadable_answer' });
    expect(exchange.responseBody).toEqual(aComputedTransaction());
  });

  it('cuts text that is no JSON to 4,000 characters', async () => {
    const { responseBody } = await exchangeOf({ status: 502, body: `<html>${'x'.repeat(9000)}` });
    expect(responseBody).toBe(`<html>${'x'.repeat(3994)}…`);
  });

  it('has neither status nor answer when none came', async () => {
    const exchange = await exchangeOf((response) => void response.socket?.destroy());
    expect(Object.keys(exchange).toSorted()).toEqual([
      'durationMs',
      'errorCode',
      'operation',
      'path',
      'requestBody',
      'startedAt',
    ]);
  });

  it('never counts backwards when the wall clock does', async () => {
    let now = 1000;
    const { durationMs } = await exchangeOf({ body: recorded }, { now: () => now-- });
    expect(durationMs).toBe(0);
  });

  it('cannot cost the caller the answer: a listener that throws becomes a warning', async () => {
    server.replyWith({ body: recorded });
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const onExchange = () => {
      throw new Error('the audit trail is full');
    };
    const answer = await aClient(server.url).transactions.createOrUpdate(aTransaction(), { onExchange });
    expect(answer.version).toBe(1);
    expect(warn.mock.calls).toEqual([['onExchange threw: Error: the audit trail is full', 'AnrokClientWarning']]);
    warn.mockRestore();
  });
});

describe('a call without a listener', () => {
  it('ends in the same error', async () => {
    server.replyWith({ status: 409, body: { type: 'transactionFrozenForFiling' } });
    expect(await errorOf(aClient(server.url).transactions.void('7'))).toMatchObject({
      code: 'anrok_transaction_frozen_for_filing',
    });
  });
});
