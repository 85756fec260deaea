import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { LagoWebhookPayloads } from 'lago-javascript-client';
import { Invoice, DocumentTaxes } from '../../billing/index.js';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { credit, invoice, reload, stock } from '../testing/invoicing.js';
import { ScriptedTaxStrategy } from '../testing/scripted.tax-strategy.js';
import { WebhookReceiver } from '../testing/webhook.receiver.js';
import { dispatch, listenAt } from '../testing/webhooks.js';

describe('webhooks of billing', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  let taxes: DocumentTaxes;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy] });
    taxes = host.app.get(DocumentTaxes, { strict: false });
    receiver = await WebhookReceiver.start();
    await stock(host);
    await listenAt(host, receiver.url);
  });
  beforeEach(async () => {
    strategy.accepts();
    await dispatch(host);
    receiver.forget();
  });
  afterAll(async () => {
    await host.close();
    await receiver.close();
  });

  const heard = async () => {
    await dispatch(host);
    return receiver.received.map(({ body }) => body.webhook_type);
  };
  const settles = () => {
    strategy.next = async () => ({
      status: 'settled',
      calculation: await strategy.estimate(strategy.settled.at(-1)!),
    });
  };
  const tax = (id: string) =>
    host.inContext(async () => {
      const { document, version } = (await taxes.load({ kind: 'invoice', id }))!;
      return taxes.apply({ kind: 'invoice', id }, await strategy.estimate(document), version);
    });
  const fail = (id: string, next: 'retrying' | 'waiting' | 'failed') =>
    host.inContext(() =>
      taxes.fail(
        { kind: 'invoice', id },
        { code: 'x', message: 'X.', remedy: 'Do.', retry: 'later', details: {}, next },
      ),
    );

  describe('invoice.created', () => {
    it('is told when an invoice gets its tax at once, and shows it as the API does', async () => {
      settles();
      const issued = await invoice(host, [{ units: 2 }, {}]);
      expect(await heard()).toEqual(['invoice.created']);
      const body = receiver.received[0]!.body as LagoWebhookPayloads['invoice.created'];
      expect(body).toEqual({
        webhook_type: 'invoice.created',
        object_type: 'invoice',
        organization_id: expect.stringMatching(/^[-0-9a-f]{36}$/),
        invoice: await reload(host, issued),
      });
      expect(body.invoice).toMatchObject({ status: 'finalized', taxes_amount_cents: 3_000, fees: [{}, {}] });
    });

    it('is told when the tax comes later, and not before', async () => {
      const issued = await invoice(host);
      expect(await heard()).toEqual([]);
      await tax(issued.lago_id);
      expect(await heard()).toEqual(['invoice.created']);
      expect(receiver.received[0]!.body.invoice).toEqual(await reload(host, issued));
    });

    it('is told once, however often the tax is applied, also another one', async () => {
      const { lago_id } = await invoice(host);
      await tax(lago_id);
      await tax(lago_id);
      await host.inContext(async () => {
        const { document, version } = (await taxes.load({ kind: 'invoice', id: lago_id }))!;
        const calculation = await strategy.estimate({ ...document, lines: [...document.lines] });
        await taxes.apply({ kind: 'invoice', id: lago_id }, calculation, version);
      });
      await fail(lago_id, 'waiting');
      expect(await heard()).toEqual(['invoice.created']);
    });
  });

  describe('invoice.failed', () => {
    it('is told with the reason when an invoice can not be taxed, and created follows once it can', async () => {
      strategy.refuses();
      const issued = await invoice(host);
      expect(await heard()).toEqual(['invoice.failed']);
      expect(receiver.received[0]!.body.invoice).toEqual(await reload(host, issued));
      expect(receiver.received[0]!.body.invoice).toMatchObject({
        status: 'failed',
        error_details: [{ details: { tax_error: 'address_not_found', remedy: expect.any(String) } }],
      });
      settles();
      await host.lago.invoices.retryInvoice(issued.lago_id);
      expect(await heard()).toEqual(['invoice.failed', 'invoice.created']);
    });

    it('is told when an invoice begins to fail, not on every try, and not of what heals by itself', async () => {
      const { lago_id } = await invoice(host);
      await fail(lago_id, 'retrying');
      expect(await heard()).toEqual([]);
      await fail(lago_id, 'waiting');
      await fail(lago_id, 'waiting');
      await fail(lago_id, 'failed');
      expect(await heard()).toEqual(['invoice.failed']);
    });
  });

  describe('an event', () => {
    const emit = async (name: string, payload: object) => {
      await host.inContext((em) => em.transactional(() => host.app.get(EventEmitter2).emitAsync(name, payload)));
      await heard();
      return receiver.received[0]!.body;
    };

    it.each([
      ['invoice.drafted', 'invoice.drafted', 'invoice'],
      ['invoice.voided', 'invoice.voided', 'invoice'],
      ['invoice.disputed', 'invoice.payment_dispute_lost', 'payment_dispute_lost'],
    ])('%s is told as %s, with the invoice', async (event, type, object) => {
      const issued = await invoice(host);
      expect(await emit(event, { invoiceId: issued.lago_id, customerId: 'acme' })).toMatchObject({
        webhook_type: type,
        object_type: object,
        [object]: JSON.parse(JSON.stringify(await reload(host, issued))),
      });
    });

    it('creditNote.created and creditNote.voided are told with the credit note', async () => {
      settles();
      const issued = await invoice(host);
      strategy.accepts();
      await heard();
      receiver.forget();
      const note = await credit(host, issued);
      await host.lago.creditNotes.voidCreditNote(note.lago_id);
      expect(await heard()).toEqual(['credit_note.created', 'credit_note.voided']);
      const [created, voided] = receiver.received.map(({ body }) => body);
      expect(created).toMatchObject({
        object_type: 'credit_note',
        credit_note: { lago_id: note.lago_id, lago_invoice_id: issued.lago_id, items: [{ fee: {} }] },
      });
      expect(voided?.credit_note).toMatchObject({ lago_id: note.lago_id });
    });

    it('fee.created is told as fee.created, with the fee', async () => {
      const issued = await invoice(host);
      const [fee] = issued.fees!;
      expect(await emit('fee.created', { feeId: fee!.lago_id, customerId: 'acme' })).toMatchObject({
        webhook_type: 'fee.created',
        object_type: 'fee',
        fee,
      });
    });

    it('is told as things stand in its transaction, written down or not', async () => {
      const { lago_id: invoiceId } = await invoice(host);
      await host.inContext((em) =>
        em.transactional(async () => {
          const voided = await em.findOneOrFail(Invoice, { id: invoiceId });
          Object.assign(voided, { status: 'voided', voidedAt: new Date('2026-03-16T00:00:00Z') });
          await host.app.get(EventEmitter2).emitAsync('invoice.voided', { invoiceId, customerId: 'acme' });
        }),
      );
      await heard();
      expect(receiver.received[0]!.body.invoice).toMatchObject({
        status: 'voided',
        voided_at: '2026-03-16T00:00:00.000Z',
      });
    });
  });
});
