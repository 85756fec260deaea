import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventInputObject } from 'lago-javascript-client';
import { UsageEvent } from '../../billing/index.js';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { stock } from '../testing/invoicing.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { charge, measure, plan, subscribe } from '../testing/subscribing.js';

describe('events', () => {
  let host: TestHost;
  let requests: { lago_id: string };
  beforeAll(async () => {
    host = await startHost();
    await stock(host);
    requests = await measure(host);
    await plan(host, 'monthly');
    await subscribe(host, 'monthly', { external_id: 'sub' });
    await subscribe(host, 'monthly', { external_id: 'other' });
  });
  afterAll(() => host.close());

  const event = (transaction_id: string, fields: Partial<EventInputObject> = {}): EventInputObject => ({
    transaction_id,
    external_subscription_id: 'sub',
    code: 'requests',
    timestamp: '2026-03-15T10:00:00Z',
    properties: { count: 7 },
    ...fields,
  });
  const send = async (...given: Parameters<typeof event>) =>
    (await host.lago.events.createEvent({ event: event(...given) })).data.event;
  const sendAll = async (events: EventInputObject[]) =>
    (await host.lago.events.createBatchEvents({ events })).data.events;
  const count = (transactionId: string) => host.inContext((em) => em.count(UsageEvent, { transactionId }));

  it('come back as they were given', async () => {
    expect(await send('as-given', { properties: { count: '7.5', region: 'eu' } })).toMatchObject({
      transaction_id: 'as-given',
      external_subscription_id: 'sub',
      lago_subscription_id: expect.any(String),
      code: 'requests',
      timestamp: '2026-03-15T10:00:00.000Z',
      properties: { count: '7.5', region: 'eu' },
    });
  });

  it.each([
    [1_773_568_800, '2026-03-15T10:00:00.000Z'],
    [1_773_568_800.1234, '2026-03-15T10:00:00.123Z'],
    ['1773568800.5', '2026-03-15T10:00:00.500Z'],
    ['2026-03-15T11:00:00+01:00', '2026-03-15T10:00:00.000Z'],
    [undefined, '2026-03-15T12:00:00.000Z'],
  ])('happened, for %j, at %s', async (timestamp, moment) => {
    expect(await send(`at ${timestamp}`, { timestamp })).toMatchObject({ timestamp: moment });
  });

  it('count once, however often they are told', async () => {
    const first = await send('again');
    expect(await send('again')).toEqual(first);
    expect(await send('again', { timestamp: undefined })).toEqual(first);
    await Promise.all(Array.from({ length: 4 }, () => send('at-once')));
    expect([await count('again'), await count('at-once')]).toEqual([1, 1]);
  });

  it('are known by their ids within a subscription', async () => {
    const first = await send('per-subscription');
    const second = await send('per-subscription', { external_subscription_id: 'other', properties: { count: 1 } });
    expect(second.lago_id).not.toBe(first.lago_id);
  });

  it.each([{ properties: { count: 8 } }, { code: 'storage' }, { timestamp: '2026-03-15T10:00:01Z' }])(
    'are not replaced by one with the same id and %j',
    async (changes) => {
      await send('fixed');
      expect(await refusalOf(send('fixed', changes))).toMatchObject({
        status: 422,
        error_details: { transaction_id: ['value_already_exist'] },
      });
    },
  );

  it('are kept when nobody measures them yet', async () => {
    expect(await send('unknown', { code: 'mystery', properties: undefined })).toMatchObject({
      code: 'mystery',
      properties: {},
    });
  });

  it.each([
    [undefined, 'value_is_mandatory'],
    [{ other: 1 }, 'value_is_mandatory'],
    [{ count: 'many' }, 'value_is_invalid'],
    [{ count: [1] }, 'value_is_invalid'],
  ])('with %j are refused by a metric that adds them up', async (properties, problem) => {
    expect(await refusalOf(send('unmeasurable', { properties }))).toMatchObject({
      status: 422,
      error_details: { properties: [problem] },
    });
  });

  it.each(['in-arrears', 'in-advance'])(
    'are refused when a period would cost beyond all measure (%s)',
    async (code) => {
      const pay_in_advance = code === 'in-advance';
      await plan(host, code, { charges: [charge(requests, { properties: { amount: '1' }, pay_in_advance })] });
      await subscribe(host, code);
      const used = (count: string) => ({ external_subscription_id: code, properties: { count } });
      const refused = { status: 422, error_details: { properties: ['value_is_out_of_range'] } };
      expect(await refusalOf(send('absurd', used('99999999999999999')))).toMatchObject(refused);
      await send('large', used('60000000000'));
      expect(await refusalOf(send('one-too-many', used('60000000000')))).toMatchObject(refused);
      await send('fits', used('30000000000'));
      const batch = [event('b1', used('1')), event('b2', used('60000000000'))];
      expect(await refusalOf(sendAll(batch))).toMatchObject({
        error_details: { 'events[1].properties': ['value_is_out_of_range'] },
      });
    },
  );

  it.each([
    [{ transaction_id: '' }, { transaction_id: ['value_is_mandatory'] }],
    [{ code: null }, { code: ['value_is_mandatory'] }],
    [{ timestamp: 'now' }, { timestamp: ['value_is_invalid'] }],
    // milliseconds
    [{ timestamp: 1_773_568_800_000 * 1_000 }, { timestamp: ['value_is_invalid'] }],
    [{ properties: { count: 1, name: '\0' } }, { properties: ['value_is_invalid'] }],
    [{ properties: 'count' }, { properties: ['value_is_invalid'] }],
  ])('refuse %j', async (fields, error_details) => {
    expect(await refusalOf(send('wrong', fields as object))).toMatchObject({ status: 422, error_details });
  });

  it('need a subscription', async () => {
    expect(await refusalOf(send('stray', { external_subscription_id: 'nothing' }))).toMatchObject({
      status: 404,
      code: 'subscription_not_found',
    });
  });

  it('come in batches too, in which they are told apart', async () => {
    const known = await send('batch-1');
    const batch = [event('batch-1'), event('batch-2'), event('batch-2'), event('batch-3')];
    const recorded = await sendAll(batch);
    expect(recorded.map(({ transaction_id }) => transaction_id)).toEqual(['batch-1', 'batch-2', 'batch-2', 'batch-3']);
    expect(recorded[0]).toEqual(known);
    expect(recorded[1]).toEqual(recorded[2]);
  });

  it('of a batch are all recorded or none', async () => {
    const batch = [event('all-1'), event('all-2', { properties: {} }), event('all-1', { code: 'storage' })];
    expect(await refusalOf(sendAll(batch))).toMatchObject({
      status: 422,
      error_details: {
        'events[1].properties': ['value_is_mandatory'],
        'events[2].transaction_id': ['value_already_exist'],
      },
    });
    expect(await count('all-1')).toBe(0);
  });

  it('come a hundred at a time at most', async () => {
    const batch = Array.from({ length: 101 }, (_, index) => event(`many-${index}`));
    expect(await refusalOf(sendAll(batch))).toMatchObject({ error_details: { events: ['value_is_too_long'] } });
    expect(await sendAll(batch.slice(1))).toHaveLength(100);
    expect(await refusalOf(sendAll(undefined as never))).toMatchObject({
      error_details: { events: ['value_is_mandatory'] },
    });
  });
});
