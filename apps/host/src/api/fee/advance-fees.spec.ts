import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TaxPendingError } from '@anrok-nest/tax';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { DocumentTaxes, Fee, FEE_TAX_FAILED, type FeeTaxFailed, Invoice, UsageEvent } from '../../billing/index.js';
import { aCall, call, feesOf, startCharging } from '../testing/charging.js';
import { invoicesOf } from '../testing/subscribing.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { RefusedError } from '../testing/scripted.tax-strategy.js';
import { WebhookReceiver } from '../testing/webhook.receiver.js';
import { dispatch, listenAt } from '../testing/webhooks.js';

const REFUSED = {
  status: 422,
  code: 'validation_errors',
  error_details: {
    tax_error: ['address_not_found: The address "1 Nowhere" can not be found.'],
    remedy: ["Correct the customer's address."],
  },
};

describe('an event that owes a fee at once', () => {
  let on: Awaited<ReturnType<typeof startCharging>>;
  let receiver: WebhookReceiver;
  const failed: FeeTaxFailed[] = [];
  beforeAll(async () => {
    on = await startCharging();
    receiver = await WebhookReceiver.start();
    await listenAt(on.host, receiver.url);
    on.host.app.get(EventEmitter2).on(FEE_TAX_FAILED, (event: FeeTaxFailed) => failed.push(event));
  });
  afterEach(async () => {
    on.strategy.estimates();
    on.strategy.accepts();
    await dispatch(on.host);
    receiver.forget();
    failed.length = 0;
  });
  afterAll(async () => {
    await on.host.close();
    await receiver.close();
  });

  const known = (transactionId: string) => on.host.inContext((em) => em.count(UsageEvent, { transactionId }));
  const told = async () => {
    await dispatch(on.host);
    return receiver.received.map(({ body }) => body);
  };

  describe('that stands alone', () => {
    it('gives it with the tax that it will have, estimated before it is there', async () => {
      on.strategy.estimated.length = 0;
      await call(on.host, 'alone-1', { count: 3 });
      const [fee, ...more] = await feesOf(on.host, 'alone-1');
      expect(more).toEqual([]);
      expect(fee).toMatchObject({
        lago_invoice_id: null,
        external_customer_id: 'acme',
        external_subscription_id: 'alone',
        event_transaction_id: 'alone-1',
        item: { type: 'charge', code: 'calls' },
        units: '3',
        amount_cents: 150,
        taxes_amount_cents: 15,
        total_amount_cents: 165,
        pay_in_advance: true,
        invoiceable: false,
        tax_status: 'pending',
        error_details: [],
        applied_taxes: [{ amount_cents: 15 }],
      });
      expect(on.strategy.purposes.at(-1)).toBe('fee');
      expect(on.strategy.estimated).toMatchObject([{ kind: 'fee', id: fee!.lago_id, lines: [{ id: fee!.lago_id }] }]);
      expect(on.strategy.settled.at(-1)).toMatchObject({ kind: 'fee', id: fee!.lago_id });
      expect(await told()).toMatchObject([
        { webhook_type: 'fee.created', fee: { lago_id: fee!.lago_id, taxes_amount_cents: 15 } },
      ]);
    });

    it('has its final tax once that is applied', async () => {
      await call(on.host, 'alone-2');
      const { lago_id: id } = (await feesOf(on.host, 'alone-2'))[0]!;
      const taxes = on.host.app.get(DocumentTaxes, { strict: false });
      await on.host.inContext(async () => {
        const { document, version, standing } = (await taxes.load({ kind: 'fee', id: id! }))!;
        expect(standing).toBe('final');
        on.strategy.settles('0.2');
        on.strategy.settled.push(document);
        const settlement = await on.strategy.next();
        if (settlement.status !== 'settled') throw new Error('expected to settle');
        expect(await taxes.apply({ kind: 'fee', id: id! }, settlement.calculation, version)).toBe('applied');
      });
      expect(await feesOf(on.host, 'alone-2')).toMatchObject([{ taxes_amount_cents: 10, tax_status: 'succeeded' }]);
    });

    it('has it at once where the strategy settles at once', async () => {
      on.strategy.settles();
      await call(on.host, 'alone-3');
      expect(await feesOf(on.host, 'alone-3')).toMatchObject([{ taxes_amount_cents: 5, tax_status: 'succeeded' }]);
    });

    it('is one fee, however often the event is told', async () => {
      await call(on.host, 'again');
      await call(on.host, 'again');
      await Promise.all(Array.from({ length: 5 }, () => call(on.host, 'at-once')));
      expect(await feesOf(on.host, 'again')).toHaveLength(1);
      expect(await feesOf(on.host, 'at-once')).toHaveLength(1);
      expect([await known('again'), await known('at-once')]).toEqual([1, 1]);
    });

    it('is not created without its tax: the event is refused, can be told again, and gives the fee then', async () => {
      on.strategy.refusesToEstimate();
      expect(await refusalOf(call(on.host, 'refused'))).toEqual({ ...REFUSED, error: 'Unprocessable Entity' });
      expect(await feesOf(on.host, 'refused')).toEqual([]);
      expect(await known('refused')).toBe(0);
      expect(await told()).toEqual([]);
      expect(failed).toEqual([
        expect.objectContaining({
          customerId: 'acme',
          chargeId: expect.any(String),
          eventTransactionId: 'refused',
          problem: expect.objectContaining({ code: 'address_not_found', remedy: expect.any(String) }),
        }),
      ]);

      on.strategy.estimates();
      await call(on.host, 'refused');
      expect(await feesOf(on.host, 'refused')).toMatchObject([{ taxes_amount_cents: 5 }]);
    });

    it('is not created either when it can not be settled after all, and nothing of it stays', async () => {
      on.strategy.refuses();
      expect(await refusalOf(call(on.host, 'unsettled'))).toMatchObject(REFUSED);
      expect([await feesOf(on.host, 'unsettled'), await known('unsettled')]).toEqual([[], 0]);
      expect(await told()).toEqual([]);
      expect(failed).toEqual([expect.objectContaining({ eventTransactionId: 'unsettled' })]);
    });

    it('waits for its tax where the strategy goes on without an answer', async () => {
      on.strategy.beforeEstimate = async () => {
        throw new TaxPendingError(new RefusedError());
      };
      await call(on.host, 'pending');
      expect(await feesOf(on.host, 'pending')).toMatchObject([
        { amount_cents: 50, taxes_amount_cents: 0, total_amount_cents: 0, tax_status: 'pending', applied_taxes: [] },
      ]);
    });

    it('is estimated anew when its customer moves meanwhile', async () => {
      const { arrived, release } = on.strategy.holdsEstimate();
      const calling = call(on.host, 'moved');
      await arrived;
      await on.host.lago.customers.createCustomer({ customer: { external_id: 'acme', city: 'Boulder' } });
      release();
      await calling;
      const cities = on.strategy.estimated.slice(-2).map(({ customer }) => customer.billingAddress?.city);
      expect(cities).toEqual(['Denver', 'Boulder']);
      expect(await feesOf(on.host, 'moved')).toHaveLength(1);
    });

    it('is for what the event adds, also when another one comes in between', async () => {
      const metric = {
        code: 'users',
        name: 'Users',
        aggregation_type: 'unique_count_agg' as const,
        field_name: 'user',
      };
      const { data } = await on.host.lago.billableMetrics.createBillableMetric({ billable_metric: metric });
      await on.host.lago.plans.createPlan({
        plan: {
          code: 'users',
          name: 'Users',
          interval: 'monthly',
          amount_cents: 0,
          amount_currency: 'USD',
          pay_in_advance: false,
          charges: [
            {
              billable_metric_id: data.billable_metric.lago_id,
              charge_model: 'standard',
              pay_in_advance: true,
              invoiceable: false,
              properties: { amount: '1' },
            },
          ],
        } as never,
      });
      await on.host.lago.subscriptions.createSubscription({
        subscription: { external_customer_id: 'acme', plan_code: 'users', external_id: 'users' },
      });
      const login = (transaction_id: string, user: string) =>
        on.host.lago.events.createEvent({
          event: { transaction_id, external_subscription_id: 'users', code: 'users', properties: { user } },
        });
      const { arrived, release } = on.strategy.holdsEstimate();
      const overtaken = login('late', 'ann');
      await arrived;
      await login('early', 'ann');
      release();
      await overtaken;
      expect([await known('late'), await known('early')]).toEqual([1, 1]);
      expect([await feesOf(on.host, 'late'), await feesOf(on.host, 'early')]).toMatchObject([[], [{ units: '1' }]]);
    });
  });

  describe('that comes on an invoice', () => {
    const invoiced = async (id: string) => {
      await call(on.host, id, { subscription: 'invoiced', count: 2 });
      const [fee] = await feesOf(on.host, id);
      const invoice = (await invoicesOf(on.host)).find(({ lago_id }) => lago_id === fee!.lago_invoice_id)!;
      return { fee: fee!, invoice };
    };

    it('gives an invoice over it, settled as any other', async () => {
      on.strategy.settles();
      on.strategy.estimated.length = 0;
      const { invoice, fee } = await invoiced('invoiced-1');
      expect(invoice).toMatchObject({
        invoice_type: 'subscription',
        status: 'finalized',
        fees_amount_cents: 100,
        taxes_amount_cents: 10,
        fees: [{ lago_id: fee.lago_id, event_transaction_id: 'invoiced-1', invoiceable: true, tax_status: null }],
        subscriptions: [{ external_id: 'invoiced' }],
      });
      expect(on.strategy.estimated).toEqual([]);
      expect((await told()).map(({ webhook_type }) => webhook_type)).toEqual(['invoice.created']);
    });

    it('gives one that fails where it can not be taxed: the event counts, and the invoice can be retried', async () => {
      on.strategy.refuses();
      const { invoice } = await invoiced('invoiced-2');
      expect(invoice).toMatchObject({
        status: 'failed',
        error_details: [{ details: { tax_error: 'address_not_found' } }],
      });
      expect(await known('invoiced-2')).toBe(1);
      on.strategy.settles();
      expect((await on.host.lago.invoices.retryInvoice(invoice.lago_id)).data).toMatchObject({
        invoice: { status: 'finalized' },
      });
    });

    it('is one invoice, however often the event is told', async () => {
      await Promise.all(Array.from({ length: 5 }, () => call(on.host, 'invoiced-3', { subscription: 'invoiced' })));
      const fees = await feesOf(on.host, 'invoiced-3');
      expect(fees).toHaveLength(1);
      expect(await on.host.inContext((em) => em.count(Invoice, { fees: { eventTransactionId: 'invoiced-3' } }))).toBe(
        1,
      );
    });
  });

  describe('among others', () => {
    const sendAll = (...events: ReturnType<typeof aCall>[]) => on.host.lago.events.createBatchEvents({ events });

    it('is estimated together with the other fees of its customer', async () => {
      on.strategy.estimated.length = 0;
      await sendAll(
        aCall('b-1'),
        aCall('b-2', { count: 2 }),
        aCall('b-3', { subscription: 'invoiced' }),
        aCall('b-2', { count: 2 }),
      );
      expect(on.strategy.estimated.map(({ lines }) => lines.map(({ amount }) => amount))).toEqual([[50, 100]]);
      expect((await feesOf(on.host, 'b-2')).map((fee) => fee.taxes_amount_cents)).toEqual([10]);
      expect((await feesOf(on.host, 'b-3'))[0]!.lago_invoice_id).not.toBeNull();
    });

    it('is refused with all of them', async () => {
      on.strategy.refusesToEstimate();
      const batch = [aCall('c-1'), aCall('c-2', { subscription: 'invoiced' }), aCall('c-3', { code: 'requests' })];
      expect(await refusalOf(sendAll(...batch))).toMatchObject(REFUSED);
      expect(failed.map(({ eventTransactionId }) => eventTransactionId)).toEqual(['c-1']);
      for (const id of ['c-1', 'c-2', 'c-3']) expect([await known(id), await feesOf(on.host, id)]).toEqual([0, []]);
      on.strategy.estimates();
      await sendAll(...batch);
      for (const id of ['c-1', 'c-2']) expect(await feesOf(on.host, id)).toHaveLength(1);
    });
  });

  it.each([
    ['owes nothing', { count: 0 }],
    ['happened before the subscription', { timestamp: '2026-03-14T23:59:59Z' }],
    ['is due when the month is over', { code: 'requests' }],
    ['is of no metric', { code: 'unknown' }],
  ])('gives none when it %s', async (name, given) => {
    await call(on.host, name, given);
    expect([await known(name), await feesOf(on.host, name)]).toEqual([1, []]);
  });

  it('is not charged twice, whatever goes wrong: the database forbids it', async () => {
    await call(on.host, 'guarded');
    const twice = on.host.inContext(async (em) => {
      const fee = await em.findOneOrFail(Fee, { eventTransactionId: 'guarded' }, { populate: ['customer'] });
      const { subscriptionId, chargeId, eventTransactionId } = fee;
      await em.nativeUpdate(Fee, { eventTransactionId: 'again' }, { subscriptionId, chargeId, eventTransactionId });
    });
    await expect(twice).rejects.toThrow(/unique/i);
  });
});
