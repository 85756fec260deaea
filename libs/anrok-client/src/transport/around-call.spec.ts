import { describe, expect, it, jest } from '@jest/globals';
import type { AnrokCall, AroundCall } from '../around-call.js';
import { aComputedTransaction, aTransaction } from '../testing/answers.js';
import { useScriptedServer } from '../testing/scripted-server.js';
import { aClient, errorOf, itemsOf } from '../testing/test-client.js';

const server = useScriptedServer();
const recorded = { version: 1, ...aComputedTransaction() };

function listening() {
  const calls: AnrokCall[] = [];
  const course: string[] = [];
  const aroundCall: AroundCall = async (call, send) => {
    calls.push(call);
    try {
      return await send({
        onWaited: (ms) => course.push(`waited ${ms}`),
        onAnswered: (status) => course.push(`answered ${status}`),
      });
    } finally {
      course.push('ended');
    }
  };
  return { calls, course, aroundCall };
}

describe('what stands around a call', () => {
  it('knows the operation, the lane and the transaction, and nothing of the contents', async () => {
    server.replyWith({ body: recorded }, { body: {} }, { body: {} }, { body: aComputedTransaction() });
    const { calls, aroundCall } = listening();
    const { transactions } = aClient(server.url, { aroundCall });
    await transactions.createOrUpdate({ ...aTransaction(), id: 'acme:invoice:7' }, { lane: 'record' });
    await transactions.void('acme:invoice:7', {}, { lane: 'bulk' });
    await transactions.createNegation({ originalTransactionId: 'acme:invoice:7', newTransactionId: 'acme:negation:7' });
    await transactions.createEphemeral(aTransaction());
    expect(calls).toEqual([
      { operation: 'transactions.createOrUpdate', lane: 'record', transactionId: 'acme:invoice:7' },
      { operation: 'transactions.void', lane: 'bulk', transactionId: 'acme:invoice:7' },
      { operation: 'transactions.createNegation', lane: 'interactive', transactionId: 'acme:negation:7' },
      { operation: 'transactions.createEphemeral', lane: 'interactive' },
    ]);
  });

  it('hears of every wait and every answer of a call that honours a 429', async () => {
    server.replyWith({ status: 429, headers: { 'retry-after': '0.01' } }, { body: {} });
    let now = 0;
    const rateLimiter = { acquire: async () => void (now += 40), pause: () => {} };
    const { course, aroundCall } = listening();
    await aClient(server.url, { aroundCall, rateLimiter, now: () => now }).transactions.void('7');
    expect(course).toEqual(['waited 40', 'answered 429', 'waited 40', 'answered 200', 'ended']);
  });

  it('hears of a wait that came to nothing', async () => {
    let now = 0;
    const rateLimiter = { acquire: async () => void (now += 50), pause: () => {} };
    const { course, aroundCall } = listening();
    const client = aClient(server.url, { aroundCall, rateLimiter, now: () => now });
    expect(await errorOf(client.transactions.void('7', {}, { timeoutMs: 50 }))).toMatchObject({
      code: 'anrok_timeout',
    });
    expect(course).toEqual(['waited 50', 'ended']);
  });

  it('sees the error that the call ends in', async () => {
    server.replyWith({ status: 409, body: { type: 'transactionFrozenForFiling' } });
    const seen: unknown[] = [];
    const aroundCall: AroundCall = (_, send) =>
      send().catch((error: unknown) => {
        seen.push(error);
        throw error;
      });
    const error = await errorOf(aClient(server.url, { aroundCall }).transactions.void('7'));
    expect(error).toMatchObject({ code: 'anrok_transaction_frozen_for_filing', status: 409 });
    expect(seen).toEqual([error]);
  });

  it('stands around every page of a list', async () => {
    server.replyWith(
      { body: { certificates: [], hasMore: true, nextCursor: 'next' } },
      { body: { certificates: [], hasMore: false, nextCursor: null } },
    );
    const { calls, aroundCall } = listening();
    await itemsOf(aClient(server.url, { aroundCall }).certificates.list());
    expect(calls.map(({ operation }) => operation)).toEqual(['certificates.list', 'certificates.list']);
  });

  it('cannot cost the caller the answer by a listener that throws: that becomes a warning', async () => {
    server.replyWith({ body: recorded });
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const onAnswered = () => {
      throw new Error('the meter is broken');
    };
    const answer = await aClient(server.url, {
      aroundCall: (_, send) => send({ onAnswered }),
    }).transactions.createOrUpdate(aTransaction());
    expect(answer.version).toBe(1);
    expect(warn.mock.calls).toEqual([['onAnswered threw: Error: the meter is broken', 'AnrokClientWarning']]);
    warn.mockRestore();
  });
});
