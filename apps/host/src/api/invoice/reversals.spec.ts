import { sumOf } from '@anrok-nest/tax';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import type { InvoiceVoidInput } from 'lago-javascript-client';
import { refusalOf } from '../testing/lago-refusal.js';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { credit, creditOf, invoice, reload, stock } from '../testing/invoicing.js';
import { ScriptedTaxStrategy } from '../testing/scripted.tax-strategy.js';

/** Hears what is told of invoices, in the transaction that it is told in. */
@Injectable()
class ReversalListener {
  readonly heard: unknown[] = [];
  hear: () => Promise<void> = async () => {};

  @OnEvent('invoice.voided', { suppressErrors: false })
  onVoided(event: object): Promise<void> {
    return this.note('voided', event);
  }

  @OnEvent('invoice.disputed', { suppressErrors: false })
  onDisputed(event: object): Promise<void> {
    return this.note('disputed', event);
  }

  @OnEvent('creditNote.created', { suppressErrors: false })
  onCredited(event: object): Promise<void> {
    return this.note('credited', event);
  }

  private async note(what: string, event: object): Promise<void> {
    this.heard.push([what, event]);
    await this.hear();
  }
}

describe('invoices whose issue or payment is undone', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  let listener: ReversalListener;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy], providers: [ReversalListener] });
    listener = host.app.get(ReversalListener);
    await stock(host);
  });
  beforeEach(() => {
    strategy.settles();
    listener.heard.length = 0;
    listener.hear = async () => {};
  });
  afterAll(() => host.close());

  type Named = { lago_id: string };
  const voidInvoice = async ({ lago_id }: Named, body?: InvoiceVoidInput) =>
    (await host.lago.invoices.voidInvoice(lago_id, body)).data.invoice;
  const loseDispute = async ({ lago_id }: Named) => (await host.lago.invoices.loseDisputeInvoice(lago_id)).data.invoice;
  const notesOf = async ({ number }: { number: string }) =>
    (await host.lago.creditNotes.findAllCreditNotes({ invoice_number: number })).data.credit_notes;
  const refusal = (code: string) => ({ status: 405, error: 'Method Not Allowed', code });
  const inEveryOtherStatus = async () => {
    const finalized = await invoice(host);
    strategy.accepts();
    const pending = await invoice(host);
    strategy.refuses();
    const failed = await invoice(host);
    return { finalized, pending, failed };
  };

  describe('voiding', () => {
    it('keeps the invoice as it is, and says when it stopped to count', async () => {
      const issued = await invoice(host);
      host.clock.set('2026-03-16T12:00:00Z');
      const voided = await voidInvoice(issued);
      host.clock.set('2026-03-15T12:00:00Z');
      expect(voided).toEqual({
        ...issued,
        status: 'voided',
        voided_at: '2026-03-16T12:00:00.000Z',
        updated_at: expect.any(String),
      });
      expect(await reload(host, issued)).toEqual(voided);
      expect(listener.heard).toEqual([['voided', { invoiceId: issued.lago_id, customerId: 'acme' }]]);
      expect(await notesOf(issued)).toEqual([]);
    });

    it('is for finalized invoices, and once', async () => {
      const { finalized, pending, failed } = await inEveryOtherStatus();
      await voidInvoice(finalized);
      for (const issued of [finalized, pending, failed])
        expect(await refusalOf(voidInvoice(issued))).toEqual(refusal('not_voidable'));
      expect(listener.heard).toHaveLength(1);
      expect(await refusalOf(voidInvoice({ lago_id: 'nonsense' }))).toMatchObject({ code: 'invoice_not_found' });
    });

    it('happens once, however many ask for it at the same moment', async () => {
      const issued = await invoice(host);
      const asked = await Promise.allSettled(Array.from({ length: 4 }, () => voidInvoice(issued)));
      expect(asked.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
      expect(listener.heard).toHaveLength(1);
    });

    it('is taken back, with what was to be given back, when a listener fails', async () => {
      const issued = await invoice(host);
      listener.hear = async () => {
        throw new Error('the listener has no room left');
      };
      expect(await refusalOf(voidInvoice(issued, { generate_credit_note: true, credit_amount: 1 }))).toMatchObject({
        status: 500,
      });
      expect(await reload(host, issued)).toEqual(issued);
      expect(await notesOf(issued)).toEqual([]);
    });

    it('gives back what is wanted, of which no tax strategy hears', async () => {
      const issued = await invoice(host, [
        { unit_amount_cents: 333 },
        { tax_included: true, unit_amount_cents: 1_100 },
      ]);
      strategy.settled.length = 0;
      await voidInvoice(issued, { generate_credit_note: true, credit_amount: 700, refund_amount: 33 });
      const [note] = await notesOf(issued);
      expect(note).toMatchObject({
        number: `${issued.number}-CN001`,
        status: 'finalized',
        reason: 'other',
        description: 'Given back when the invoice was voided',
        credit_amount_cents: 700,
        refund_amount_cents: 33,
        total_amount_cents: 733,
        sub_total_excluding_taxes_amount_cents: 667,
        taxes_amount_cents: 16,
        included_taxes_amount_cents: 50,
        taxes_difference_amount_cents: null,
        items: [{ amount_cents: 167 }, { amount_cents: 550 }],
      });
      expect(strategy.settled).toEqual([]);
      expect(listener.heard).toEqual([
        ['credited', { creditNoteId: note!.lago_id, customerId: 'acme' }],
        ['voided', { invoiceId: issued.lago_id, customerId: 'acme' }],
      ]);
    });

    it('gives back the whole invoice to the cent, or what earlier notes left of it', async () => {
      const fees = [{ unit_amount_cents: 105 }, { unit_amount_cents: 99 }];
      const [whole, rest] = [await invoice(host, fees), await invoice(host, fees)];
      const { total_amount_cents } = whole;
      const { credit_amount_cents } = await credit(host, rest, [52, 33]);
      await voidInvoice(whole, { generate_credit_note: true, refund_amount: total_amount_cents });
      await voidInvoice(rest, { generate_credit_note: true, refund_amount: total_amount_cents - credit_amount_cents });
      for (const { notes } of [{ notes: await notesOf(whole) }, { notes: await notesOf(rest) }]) {
        expect(sumOf(notes.map((note) => note.total_amount_cents))).toBe(total_amount_cents);
        expect(sumOf(notes.flatMap((note) => note.items!.map((item) => item.amount_cents)))).toBe(204);
      }
    });

    it('never gives back more than is left', async () => {
      const issued = await invoice(host);
      const { credit_amount_cents } = await credit(host, issued, [5_000]);
      const left = issued.total_amount_cents - credit_amount_cents;
      for (const amounts of [{ credit_amount: left + 1 }, { credit_amount: left, refund_amount: 1 }])
        expect(await refusalOf(voidInvoice(issued, { generate_credit_note: true, ...amounts }))).toEqual({
          status: 422,
          error: 'Unprocessable Entity',
          code: 'validation_errors',
          error_details: { credit_refund_amount: ['total_amount_exceeds_invoice_amount'] },
        });
      expect(await reload(host, issued)).toEqual(issued);
      expect(await voidInvoice(issued, { generate_credit_note: true, credit_amount: left })).toMatchObject({
        status: 'voided',
      });
    });

    it.each([
      [{ credit_amount: -1 }, { credit_amount: ['value_is_out_of_range'] }],
      [{ refund_amount: 0.5 }, { refund_amount: ['value_is_invalid'] }],
      [{ generate_credit_note: 'maybe' }, { generate_credit_note: ['value_is_invalid'] }],
    ])('refuses %j', async (wrong, error_details) => {
      const issued = await invoice(host);
      expect(await refusalOf(voidInvoice(issued, wrong as InvoiceVoidInput))).toMatchObject({
        status: 422,
        error_details,
      });
    });

    it.each([
      {},
      { generate_credit_note: true },
      { credit_amount: 100 },
      { generate_credit_note: false, credit_amount: 1 },
    ])('gives nothing back for %j', async (body) => {
      const issued = await invoice(host);
      await voidInvoice(issued, body);
      expect(await notesOf(issued)).toEqual([]);
    });

    it('gives credit notes that had no tax yet what was charged: nobody else will', async () => {
      const issued = await invoice(host);
      strategy.accepts();
      const pending = await credit(host, issued, [1_000]);
      strategy.refuses();
      const failed = await credit(host, issued, [2_000]);
      const voided = await credit(host, issued, [3_000]);
      await host.lago.creditNotes.voidCreditNote(voided.lago_id);
      expect([pending, failed]).toMatchObject([{ status: 'pending' }, { status: 'failed' }]);
      await voidInvoice(issued);
      expect(await reload(host, issued)).toMatchObject({ status: 'voided', voided_at: expect.any(String) });
      expect((await notesOf(issued)).toReversed()).toMatchObject([
        { status: 'finalized', taxes_amount_cents: 100, total_amount_cents: 1_100, error_details: [] },
        { status: 'finalized', taxes_amount_cents: 200, total_amount_cents: 2_200, error_details: [] },
        { status: 'voided', taxes_amount_cents: 0 },
      ]);
    });

    it('and crediting at the same moment come one after the other', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const issued = await invoice(host);
          const note = await creditOf(host, issued);
          const total = { generate_credit_note: true, credit_amount: issued.total_amount_cents };
          const [credited, voided] = await Promise.allSettled([
            host.lago.creditNotes.createCreditNote({ credit_note: note }),
            voidInvoice(issued, total),
          ]);
          const notes = await notesOf(issued);
          expect(sumOf(notes.map((note) => note.total_amount_cents))).toBe(issued.total_amount_cents);
          return [credited.status, voided.status];
        }),
      );
      // whoever came second was refused
      for (const outcome of outcomes) expect(outcome.toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('a lost dispute', () => {
    it('is noted on a finalized invoice, which goes on to count', async () => {
      const issued = await invoice(host);
      host.clock.set('2026-03-16T12:00:00Z');
      const disputed = await loseDispute(issued);
      host.clock.set('2026-03-15T12:00:00Z');
      expect(disputed).toEqual({
        ...issued,
        payment_dispute_lost_at: '2026-03-16T12:00:00.000Z',
        updated_at: expect.any(String),
      });
      expect(await reload(host, issued)).toEqual(disputed);
      expect(listener.heard).toEqual([['disputed', { invoiceId: issued.lago_id, customerId: 'acme' }]]);
    });

    it('may be of a voided invoice, and be voided later', async () => {
      const [voidedFirst, disputedFirst] = [await invoice(host), await invoice(host)];
      await voidInvoice(voidedFirst);
      await loseDispute(disputedFirst);
      const both = { status: 'voided', voided_at: expect.any(String), payment_dispute_lost_at: expect.any(String) };
      expect(await loseDispute(voidedFirst)).toMatchObject(both);
      expect(await voidInvoice(disputedFirst)).toMatchObject(both);
    });

    it('is lost once: asked again, it says the same and tells nobody', async () => {
      const issued = await invoice(host);
      const disputed = await loseDispute(issued);
      host.clock.set('2026-03-20T12:00:00Z');
      expect(await loseDispute(issued)).toEqual(disputed);
      host.clock.set('2026-03-15T12:00:00Z');
      expect(listener.heard).toHaveLength(1);
    });

    it('is of an invoice that can have been paid', async () => {
      const { pending, failed } = await inEveryOtherStatus();
      for (const issued of [pending, failed])
        expect(await refusalOf(loseDispute(issued))).toEqual(refusal('not_disputable'));
      expect(await refusalOf(loseDispute({ lago_id: 'nonsense' }))).toMatchObject({ code: 'invoice_not_found' });
    });

    it('leaves nothing to give back, which the bank has done', async () => {
      const issued = await invoice(host);
      const credit_note = await creditOf(host, issued);
      await loseDispute(issued);
      const { creditNotes } = host.lago;
      const noMore = refusal('payment_dispute_lost');
      expect(await refusalOf(creditNotes.createCreditNote({ credit_note }))).toEqual(noMore);
      expect(await refusalOf(creditNotes.estimateCreditNote({ credit_note }))).toEqual(noMore);
      expect(await refusalOf(voidInvoice(issued, { generate_credit_note: true, refund_amount: 1 }))).toMatchObject({
        status: 422,
        error_details: { credit_refund_amount: ['total_amount_exceeds_invoice_amount'] },
      });
      expect(await notesOf(issued)).toEqual([]);
    });
  });
});
