import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { FeeObject } from 'lago-javascript-client';
import { call, feesOf, startCharging } from '../testing/charging.js';
import { invoice } from '../testing/invoicing.js';
import { refusalOf } from '../testing/lago-refusal.js';

const NOBODY = '00000000-0000-7000-8000-000000000000';

describe('fees', () => {
  let on: Awaited<ReturnType<typeof startCharging>>;
  let alone: FeeObject;
  let invoiced: FeeObject;
  beforeAll(async () => {
    on = await startCharging();
    on.strategy.settles();
    await invoice(on.host);
    await call(on.host, 'alone');
    await call(on.host, 'invoiced', { subscription: 'invoiced' });
    [alone] = (await feesOf(on.host, 'alone')) as [FeeObject];
    [invoiced] = (await feesOf(on.host, 'invoiced')) as [FeeObject];
  });
  afterAll(() => on.host.close());

  const list = async (query: object) => (await on.host.lago.fees.findAllFees(query)).data;
  const remove = async (id: string) => (await on.host.lago.fees.deleteFee(id)).data.fee;

  it('are all there, newest first, be they on an invoice or not', async () => {
    const { fees, meta } = await list({});
    expect(fees.map(({ item }) => item.code)).toEqual(['calls', 'calls', 'setup']);
    expect(meta).toMatchObject({ current_page: 1, total_count: 3 });
    expect(fees[1]).toEqual(alone);
    expect((await on.host.lago.fees.findFee(alone.lago_id!)).data.fee).toEqual(alone);
    expect((await list({ per_page: 1, page: 2 })).fees).toEqual([alone]);
  });

  it.each<[object, string[]]>([
    [{ external_customer_id: 'acme' }, ['invoiced', 'alone', 'setup']],
    [{ external_customer_id: 'nobody' }, []],
    [{ external_subscription_id: 'alone' }, ['alone']],
    [{ external_subscription_id: 'nobody' }, []],
    [{ event_transaction_id: 'invoiced' }, ['invoiced']],
    [{ fee_type: 'add_on' }, ['setup']],
    [{ fee_type: 'charge', currency: 'USD' }, ['invoiced', 'alone']],
    [{ billable_metric_code: 'calls' }, ['invoiced', 'alone']],
    [{ billable_metric_code: 'setup' }, []],
    [{ currency: 'EUR' }, []],
    [{ payment_status: 'pending', created_at_from: '2020-01-01T00:00:00Z' }, ['invoiced', 'alone', 'setup']],
    [{ created_at_to: '2020-01-01T00:00:00Z' }, []],
  ])('narrowed by %j are %j', async (query, found) => {
    const { fees } = await list(query);
    expect(fees.map((fee) => fee.event_transaction_id ?? fee.item.code)).toEqual(found);
  });

  it.each([
    [{ fee_type: 'tax' }, { fee_type: ['value_is_invalid'] }],
    // to answer with unpaid ones would be wrong
    [{ payment_status: 'succeeded' }, { payment_status: ['value_is_invalid'] }],
  ])('can not be narrowed by %j', async (query, error_details) => {
    expect(await refusalOf(list(query))).toMatchObject({ status: 422, error_details });
  });

  it('that are not there are not found', async () => {
    for (const id of [NOBODY, 'no-uuid']) {
      const missing = { status: 404, code: 'fee_not_found' };
      expect(await refusalOf(on.host.lago.fees.findFee(id))).toMatchObject(missing);
      expect(await refusalOf(remove(id))).toMatchObject(missing);
    }
  });

  it('on an invoice can not be taken back by themselves', async () => {
    expect(await refusalOf(remove(invoiced.lago_id!))).toMatchObject({ status: 405, code: 'invoiced_fee' });
  });

  it('that stand alone can be taken back, which is told; their event makes no other', async () => {
    const told: unknown[] = [];
    on.host.app.get(EventEmitter2).on('fee.voided', (event) => told.push(event));
    expect(await remove(alone.lago_id!)).toEqual(alone);
    expect(told).toEqual([{ feeId: alone.lago_id, customerId: 'acme' }]);
    await call(on.host, 'alone');
    expect(await feesOf(on.host, 'alone')).toEqual([]);
    expect(await refusalOf(remove(alone.lago_id!))).toMatchObject({ status: 404 });
  });
});
