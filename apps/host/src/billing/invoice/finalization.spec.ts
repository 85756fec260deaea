import type { TaxDocument } from '@anrok-nest/tax';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { invoice, reload, stock } from '../../api/testing/invoicing.js';
import { refusalOf } from '../../api/testing/lago-refusal.js';
import { RefusedError, ScriptedTaxStrategy } from '../../api/testing/scripted.tax-strategy.js';
import { AddOn } from '../add-on/add-on.entity.js';
import { INVOICE_FINALIZED, type InvoiceFinalized } from './invoice.event.js';
import { Invoice } from './invoice.entity.js';

/** Hears of finalized invoices as a real listener does: on the global EntityManager, errors not suppressed. */
@Injectable()
class FinalizationListener {
  readonly heard: InvoiceFinalized[] = [];
  hear: (event: InvoiceFinalized) => Promise<void> = async () => {};

  constructor(readonly em: EntityManager) {}

  @OnEvent(INVOICE_FINALIZED, { suppressErrors: false })
  async onFinalized(event: InvoiceFinalized): Promise<void> {
    this.heard.push(event);
    await this.hear(event);
  }
}

const note = (code: string) => ({ code, name: 'A note', amountCents: 1, amountCurrency: 'USD' });

describe('finalizing an invoice', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  let listener: FinalizationListener;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy], providers: [FinalizationListener] });
    listener = host.app.get(FinalizationListener);
    await stock(host);
  });
  beforeEach(() => {
    strategy.accepts();
    strategy.settled.length = 0;
    listener.heard.length = 0;
    listener.hear = async () => {};
  });
  afterAll(() => host.close());

  const countInvoices = () => host.inContext((em) => em.count(Invoice));
  const isNoted = (code: string) => host.inContext(async (em) => (await em.count(AddOn, { code })) === 1);

  it('leaves it pending, without any amount of tax, when the strategy settles later', async () => {
    const issued = await invoice(host);
    expect(issued).toMatchObject({
      status: 'pending',
      number: expect.stringMatching(/^INV-2026-\d{6}$/),
      fees_amount_cents: 10_000,
      sub_total_excluding_taxes_amount_cents: 0,
      taxes_amount_cents: 0,
      total_amount_cents: 0,
      payment_status: 'pending',
      applied_taxes: [],
      error_details: [],
      fees: [{ amount_cents: 10_000, taxes_amount_cents: 0, total_amount_cents: 0, applied_taxes: [] }],
    });
    expect(await reload(host, issued)).toEqual(issued);
  });

  it('stores no tax rather than a tax of zero while there is none', async () => {
    const { lago_id: id } = await invoice(host);
    const stored = await host.inContext((em) => em.findOneOrFail(Invoice, { id }));
    expect(stored).toMatchObject({ preTaxAmountCents: null, taxesAmountCents: null, totalAmountCents: null });
  });

  it('asks for the tax of the document that the invoice is', async () => {
    const issued = await invoice(host, [{ units: 2.5 }, { tax_included: true, unit_amount_cents: 7 }]);
    expect(strategy.settled).toEqual([
      {
        kind: 'invoice',
        id: issued.lago_id,
        currency: 'USD',
        accountingDate: '2026-03-15',
        customer: {
          id: 'acme',
          name: 'Acme',
          billingAddress: {
            line1: '1450 Cherokee St',
            city: 'Denver',
            region: 'CO',
            postalCode: '80204',
            country: 'US',
          },
          taxIds: [],
        },
        lines: [
          {
            id: issued.fees![0]!.lago_id!,
            item: { type: 'add_on', id: 'setup' },
            amount: 25_000,
            quantity: '2.5',
            taxIncluded: false,
          },
          {
            id: issued.fees![1]!.lago_id!,
            item: { type: 'add_on', id: 'setup' },
            amount: 7,
            quantity: '1',
            taxIncluded: true,
          },
        ],
      },
    ] satisfies TaxDocument[]);
  });

  it('keeps it, failed and with the reason, when the strategy refuses', async () => {
    strategy.refuses();
    const failed = await invoice(host);
    expect(failed).toMatchObject({
      status: 'failed',
      number: expect.any(String),
      total_amount_cents: 0,
      error_details: [
        {
          lago_id: expect.any(String),
          error_code: 'tax_error',
          details: {
            tax_error: 'address_not_found',
            tax_error_message: 'The address "1 Nowhere" can not be found.',
            remedy: "Correct the customer's address.",
            next: 'failed',
            line1: '1 Nowhere',
          },
        },
      ],
    });
    expect(await reload(host, failed)).toEqual(failed);
  });

  it('keeps nothing of what a strategy wrote before it refused', async () => {
    strategy.next = async () => {
      listener.em.create(AddOn, note('by a strategy that refused'));
      await listener.em.flush();
      throw new RefusedError();
    };
    expect(await invoice(host)).toMatchObject({ status: 'failed' });
    expect(await isNoted('by a strategy that refused')).toBe(false);
  });

  it('keeps what a strategy wrote when it accepted', async () => {
    strategy.next = async () => {
      listener.em.create(AddOn, note('by a strategy that accepted'));
      return { status: 'accepted' };
    };
    expect(await invoice(host)).toMatchObject({ status: 'pending' });
    expect(await isNoted('by a strategy that accepted')).toBe(true);
  });

  it('fails it when the answer is not the answer to it', async () => {
    strategy.next = async () => {
      const document = strategy.settled.at(-1)!;
      const [line] = document.lines;
      const other = { ...document, lines: [{ ...line!, amount: line!.amount + 1 }] };
      return { status: 'settled', calculation: await strategy.estimate(other) };
    };
    const failed = await invoice(host);
    expect(failed).toMatchObject({
      status: 'failed',
      taxes_amount_cents: 0,
      applied_taxes: [],
      error_details: [{ details: { tax_error: 'taxes_do_not_fit' } }],
    });
  });

  it('takes it back when the strategy breaks, and gives its number to the next', async () => {
    const before = await invoice(host);
    const count = await countInvoices();
    strategy.next = async () => {
      throw new TypeError('a secret that nobody may see');
    };
    expect(await refusalOf(invoice(host))).toEqual({ status: 500, error: 'Internal Server Error' });
    strategy.accepts();
    expect(await countInvoices()).toBe(count);
    const sequence = ({ number }: { number: string }) => Number(number.split('-').at(-1));
    expect(sequence(await invoice(host))).toBe(sequence(before) + 1);
  });

  it.each([
    ['pending', () => strategy.accepts()],
    ['failed', () => strategy.refuses()],
  ])('is told inside its transaction when the tax is %s', async (status, script) => {
    script();
    let seen: unknown;
    listener.hear = async (event) => {
      expect(listener.em.isInTransaction()).toBe(true);
      seen = (await listener.em.findOneOrFail(Invoice, { id: event.invoiceId })).number;
      listener.em.create(AddOn, note(`by the listener of ${event.invoiceId}`));
    };
    const issued = await invoice(host);
    expect(issued.status).toBe(status);
    expect(listener.heard).toEqual([{ invoiceId: issued.lago_id, customerId: 'acme' }]);
    expect(seen).toBe(issued.number);
    expect(await isNoted(`by the listener of ${issued.lago_id}`)).toBe(true);
  });

  it('is taken back when a listener fails', async () => {
    const count = await countInvoices();
    listener.hear = async () => {
      throw new Error('the listener has no room left');
    };
    expect(await refusalOf(invoice(host))).toMatchObject({ status: 500 });
    expect(await countInvoices()).toBe(count);
  });

  describe('again, after it failed', () => {
    const failed = async () => {
      strategy.refuses();
      const issued = await invoice(host);
      strategy.accepts();
      listener.heard.length = 0;
      return issued;
    };
    const retry = async ({ lago_id }: { lago_id: string }) =>
      (await host.lago.invoices.retryInvoice(lago_id)).data.invoice;

    it('clears the reason and keeps number and date', async () => {
      const before = await failed();
      host.clock.set('2026-04-01T12:00:00Z');
      const after = await retry(before);
      host.clock.set('2026-03-15T12:00:00Z');
      expect(after).toEqual({
        ...before,
        status: 'pending',
        error_details: [],
        updated_at: expect.any(String),
      });
      expect(await reload(host, after)).toEqual(after);
      expect(listener.heard).toEqual([{ invoiceId: before.lago_id, customerId: 'acme' }]);
    });

    it('finalizes when the tax comes at once', async () => {
      const before = await failed();
      strategy.next = async () => ({
        status: 'settled',
        calculation: await strategy.estimate(strategy.settled.at(-1)!),
      });
      expect(await retry(before)).toMatchObject({
        status: 'finalized',
        number: before.number,
        taxes_amount_cents: 1_000,
        total_amount_cents: 11_000,
        error_details: [],
      });
    });

    it('fails with the new reason when it is refused again', async () => {
      const before = await failed();
      strategy.refuses({ code: 'product_unknown' });
      expect(await retry(before)).toMatchObject({
        status: 'failed',
        error_details: [{ details: { tax_error: 'product_unknown' } }],
      });
    });

    it('happens once, however many ask for it at the same moment', async () => {
      const before = await failed();
      const asked = await Promise.allSettled(Array.from({ length: 4 }, () => retry(before)));
      expect(asked.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
      expect(listener.heard).toHaveLength(1);
    });

    it('is not allowed to an invoice that has not failed', async () => {
      expect(await refusalOf(retry(await invoice(host)))).toEqual({
        status: 405,
        error: 'Method Not Allowed',
        code: 'invalid_status',
      });
    });
  });
});

describe('an invoice to a customer whom no strategy takes', () => {
  it('fails rather than being taxed with nothing', async () => {
    const host = await startHost({ strategies: [] });
    await stock(host);
    expect(await invoice(host)).toMatchObject({
      status: 'failed',
      error_details: [{ details: { tax_error: 'no_tax_strategy', customerId: 'acme' } }],
    });
    await host.close();
  });
});
