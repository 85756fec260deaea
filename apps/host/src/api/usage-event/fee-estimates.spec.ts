import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Fee, Invoice, UsageEvent } from '../../billing/index.js';
import { call, startCharging } from '../testing/charging.js';
import { refusalOf } from '../testing/lago-refusal.js';

describe('the fees that an event would give', () => {
  let on: Awaited<ReturnType<typeof startCharging>>;
  beforeAll(async () => {
    on = await startCharging();
  });
  afterEach(() => on.strategy.estimates());
  afterAll(() => on.host.close());

  const estimate = async (...given: [subscription?: string, count?: unknown, code?: string]) => {
    const [external_subscription_id = 'alone', count = 3, code = 'calls'] = given;
    const event = { code, external_subscription_id, properties: { count } };
    return (await on.host.lago.events.eventEstimateFees({ event })).data.fees;
  };
  const everything = () =>
    on.host.inContext(async (em) => [await em.count(Fee), await em.count(Invoice), await em.count(UsageEvent)]);

  it.each(['alone', 'invoiced'])('have their taxes, and leave nothing behind (%s)', async (subscription) => {
    const before = await everything();
    on.strategy.settled.length = 0;
    expect(await estimate(subscription)).toEqual([
      expect.objectContaining({
        lago_id: null,
        lago_invoice_id: null,
        external_customer_id: 'acme',
        external_subscription_id: subscription,
        event_transaction_id: null,
        units: '3',
        amount_cents: 150,
        taxes_amount_cents: 15,
        total_amount_cents: 165,
        taxes_rate: 10,
        created_at: null,
        applied_taxes: [expect.objectContaining({ lago_id: null, amount_cents: 15 })],
      }),
    ]);
    expect(on.strategy.purposes.at(-1)).toBe('fee');
    expect(on.strategy.settled).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('are for what comes on top of what was used', async () => {
    await call(on.host, 'used', { count: -2 });
    expect(await estimate()).toMatchObject([{ units: '1', amount_cents: 50 }]);
  });

  it('are none where nothing would be owed', async () => {
    expect(await estimate('alone', 0)).toEqual([]);
  });

  it('are an error, not zero tax, when there is no answer', async () => {
    on.strategy.refusesToEstimate();
    expect(await refusalOf(estimate())).toMatchObject({
      status: 422,
      error_details: { tax_error: [expect.stringContaining('address_not_found')], remedy: [expect.any(String)] },
    });
  });

  it.each<[Parameters<typeof estimate>, object]>([
    [['nobody'], { status: 404, code: 'subscription_not_found' }],
    [['alone', 1, 'requests'], { status: 422, error_details: { code: ['does_not_match_an_instant_charge'] } }],
    [['alone', 'many'], { status: 422, error_details: { properties: ['value_is_invalid'] } }],
    [['alone', '9'.repeat(17)], { status: 422, error_details: { properties: ['value_is_out_of_range'] } }],
    [['alone', 1, ''], { status: 422, error_details: { code: ['value_is_mandatory'] } }],
  ])('of %j are refused', async (given, refusal) => {
    expect(await refusalOf(estimate(...given))).toMatchObject(refusal);
  });
});
