import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { invoice, stock } from '../../api/testing/invoicing.js';
import { refusalOf } from '../../api/testing/lago-refusal.js';
import { WebhookReceiver } from '../../api/testing/webhook.receiver.js';
import { dispatch, forgetWebhooks, listenAt } from '../../api/testing/webhooks.js';
import { Invoice } from '../invoice/invoice.entity.js';
import { INVOICE_TAXED } from '../invoice/invoice.event.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';
import { WebhookMessage } from './webhook-message.entity.js';
import { WebhookOutbox } from './webhook.outbox.js';

describe('WebhookOutbox', () => {
  let host: TestHost;
  let outbox: WebhookOutbox;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    host = await startHost();
    outbox = host.app.get(WebhookOutbox, { strict: false });
    receiver = await WebhookReceiver.start();
    await stock(host);
  });
  beforeEach(async () => {
    await forgetWebhooks(host);
    receiver.forget();
  });
  afterAll(async () => {
    await host.close();
    await receiver.close();
  });

  const count = () =>
    host.inContext(async (em) => [await em.count(WebhookMessage), await em.count(WebhookDelivery)] as const);
  const tell = () => outbox.add('invoice.created', async () => ({ lago_id: '1' }));
  class Regret extends Error {}
  const regretting = (work: Promise<unknown>) => expect(work).rejects.toThrow(Regret);

  it('keeps what was committed until somebody sends it', async () => {
    await listenAt(host, receiver.url);
    await host.inContext((em) => em.transactional(tell));
    expect(receiver.received).toEqual([]);
    expect(await count()).toEqual([1, 1]);
    await dispatch(host);
    expect(receiver.received.map(({ body }) => body)).toEqual([
      {
        webhook_type: 'invoice.created',
        object_type: 'invoice',
        organization_id: expect.any(String),
        invoice: { lago_id: '1' },
      },
    ]);
  });

  it('forgets what is rolled back', async () => {
    await listenAt(host, receiver.url);
    await regretting(
      host.inContext((em) =>
        em.transactional(async () => {
          await tell();
          throw new Regret();
        }),
      ),
    );
    expect(await count()).toEqual([0, 0]);
  });

  it('forgets what is rolled back to a savepoint, and keeps the rest', async () => {
    await listenAt(host, receiver.url);
    await host.inContext((em) =>
      em.transactional(async () => {
        await tell();
        await regretting(
          em.transactional(async () => {
            await tell();
            throw new Regret();
          }),
        );
      }),
    );
    expect(await count()).toEqual([1, 1]);
  });

  it('writes at once where no transaction is open', async () => {
    await listenAt(host, receiver.url);
    await tell();
    expect(await count()).toEqual([1, 1]);
  });

  it('goes with the invoice that it tells, when that is taken back', async () => {
    await listenAt(host, receiver.url);
    const fail: () => unknown = async () => {
      expect(await count()).toEqual([1, 1]);
      throw new Regret();
    };
    const events = host.app.get(EventEmitter2).on(INVOICE_TAXED, fail);
    expect(await refusalOf(invoice(host))).toMatchObject({ status: 500 });
    events.off(INVOICE_TAXED, fail);
    expect(await count()).toEqual([0, 0]);
    expect(await host.inContext((em) => em.count(Invoice))).toBe(0);
  });

  it('takes the invoice back when what is told can not be described', async () => {
    await listenAt(host, receiver.url);
    const events = host.app.get(EventEmitter2);
    const forge = (event: { invoiceId: string }) => Object.assign(event, { invoiceId: 'nonsense' });
    events.prependListener(INVOICE_TAXED, forge);
    expect(await refusalOf(invoice(host))).toMatchObject({ status: 404 });
    events.off(INVOICE_TAXED, forge);
    expect(await host.inContext((em) => em.count(Invoice))).toBe(0);
  });

  it('tells those who want the type, and describes nothing when nobody does', async () => {
    const fees = await WebhookReceiver.start();
    await listenAt(host, fees.url, { event_types: ['fee.created', 'invoice.voided'] });
    await outbox.add('invoice.created', () => Promise.reject(new Regret()));
    expect(await count()).toEqual([0, 0]);

    await listenAt(host, receiver.url, { event_types: ['invoice.created'] });
    await tell();
    await outbox.add('fee.created', async () => ({ lago_id: '2' }));
    expect(await count()).toEqual([2, 2]);
    await dispatch(host);
    expect(receiver.received.map(({ body }) => body.webhook_type)).toEqual(['invoice.created']);
    expect(fees.received.map(({ body }) => body.webhook_type)).toEqual(['fee.created']);
    await fees.close();
  });

  it('tells several endpoints the same, under the same id', async () => {
    const second = await WebhookReceiver.start();
    await listenAt(host, receiver.url);
    await listenAt(host, second.url);
    await tell();
    expect(await count()).toEqual([1, 2]);
    await dispatch(host);
    const [[one], [two]] = [receiver.received, second.received];
    expect(one?.headers['webhook-id']).toBe(two?.headers['webhook-id']);
    expect(one?.text).toBe(two?.text);
    expect(one?.headers['webhook-signature']).not.toBe(two?.headers['webhook-signature']);
    await second.close();
  });

  it('tells those who come later nothing of what was before, and those who went nothing at all', async () => {
    const { lago_id } = await listenAt(host, receiver.url);
    await tell();
    const late = await WebhookReceiver.start();
    await listenAt(host, late.url);
    await host.lago.webhookEndpoints.destroyWebhookEndpoint(lago_id);
    await dispatch(host);
    expect([receiver.received, late.received]).toEqual([[], []]);
    await late.close();
  });

  // SQLite has one connection: there nothing happens during a transaction
  if (process.env['DATABASE_URL'])
    it('is not disturbed by an endpoint that is deleted at the same moment', async () => {
      const { lago_id: id } = await listenAt(host, receiver.url);
      let deletion: Promise<void> | undefined;
      const state = { isDone: false };
      const isHeldUp = async (em: EntityManager) =>
        (await (em as SqlEntityManager).execute('select 1 from pg_locks where not granted')).length > 0;
      await host.inContext((em) =>
        em.transactional(() =>
          outbox.add('invoice.created', async () => {
            const other = em.fork({ useContext: false, keepTransactionContext: false });
            deletion = other.nativeDelete(WebhookEndpoint, { id }).then(() => void (state.isDone = true));
            while (!state.isDone && !(await isHeldUp(em)));
            return {};
          }),
        ),
      );
      await deletion;
      expect(await count()).toEqual([1, 0]);
    });
});
