import type { TaxCalculation, TaxDocument } from '@anrok-nest/tax';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { credit, creditOf, invoice, stock } from '../../api/testing/invoicing.js';
import { refusalOf } from '../../api/testing/lago-refusal.js';
import { ScriptedTaxStrategy } from '../../api/testing/scripted.tax-strategy.js';
import type { InvoiceTaxProblem } from '../invoice/invoice-error-detail.js';
import { DocumentTaxes } from '../tax/document-taxes.js';
import { CREDIT_NOTE_CREATED, CREDIT_NOTE_VOIDED } from './credit-note.event.js';
import { CreditNote } from './credit-note.entity.js';

@Injectable()
class CreditNoteListener {
  readonly heard: unknown[] = [];
  hear: () => Promise<void> = async () => {};

  @OnEvent(CREDIT_NOTE_CREATED, { suppressErrors: false })
  async onCreated(event: object): Promise<void> {
    this.heard.push([CREDIT_NOTE_CREATED, event]);
    await this.hear();
  }

  @OnEvent(CREDIT_NOTE_VOIDED, { suppressErrors: false })
  async onVoided(event: object): Promise<void> {
    this.heard.push([CREDIT_NOTE_VOIDED, event]);
    await this.hear();
  }
}

const PROBLEM: InvoiceTaxProblem = {
  code: 'product_unknown',
  message: 'The product "setup-1" is unknown.',
  remedy: 'Map the add-on "setup" to a product that exists.',
  retry: 'after-fix',
  details: {},
  next: 'waiting',
};

describe('the tax of a credit note', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  let taxes: DocumentTaxes;
  let listener: CreditNoteListener;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy], providers: [CreditNoteListener] });
    taxes = host.app.get(DocumentTaxes, { strict: false });
    listener = host.app.get(CreditNoteListener);
    await stock(host);
  });
  beforeEach(() => {
    listener.heard.length = 0;
    listener.hear = async () => {};
  });
  afterAll(() => host.close());

  const finalized = async (fees?: object[]) => {
    strategy.settles();
    const issued = await invoice(host, fees);
    strategy.accepts();
    strategy.settled.length = 0;
    return issued;
  };
  const pending = async (amounts?: number[], fees?: object[]) => {
    const issued = await finalized(fees);
    const note = await credit(host, issued, amounts);
    const { document, version } = (await load(note.lago_id))!;
    return { id: note.lago_id, issued, document, version, calculation: await strategy.estimate(document) };
  };
  const key = (id: string) => ({ kind: 'credit_note' as const, id });
  const load = (id: string) => host.inContext(() => taxes.load(key(id)));
  const apply = (id: string, calculation: TaxCalculation, version: string) =>
    host.inContext(() => taxes.apply(key(id), calculation, version));
  const fail = (id: string, changes: Partial<InvoiceTaxProblem> = {}) =>
    host.inContext(() => taxes.fail(key(id), { ...PROBLEM, ...changes }));
  const settled = (id: string) => host.inContext(() => taxes.settled(key(id)));
  const show = async (id: string) => (await host.lago.creditNotes.findCreditNote(id)).data.credit_note;
  const voidNote = (id: string) => host.lago.creditNotes.voidCreditNote(id);
  const count = () => host.inContext((em) => em.count(CreditNote));

  it('is asked for as the negative of what was sold, on the day of the note and at the rates of the invoice', async () => {
    host.clock.set('2026-03-10T12:00:00Z');
    const issued = await finalized([{ units: 2 }, {}, { tax_included: true, unit_amount_cents: 7 }]);
    host.clock.set('2026-03-15T12:00:00Z');
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', city: 'Boulder' } });
    const note = await credit(host, issued, [5_000, 0, 7]);
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', city: 'Denver' } });
    expect(strategy.settled).toEqual([
      {
        kind: 'credit_note',
        id: note.lago_id,
        currency: 'USD',
        accountingDate: '2026-03-15',
        taxDate: '2026-03-10',
        creditedInvoiceId: issued.lago_id,
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
            id: note.items![0]!.lago_id,
            item: { type: 'add_on', id: 'setup' },
            creditedLineId: issued.fees![0]!.lago_id!,
            amount: -5_000,
            taxIncluded: false,
          },
          {
            id: note.items![1]!.lago_id,
            item: { type: 'add_on', id: 'setup' },
            creditedLineId: issued.fees![2]!.lago_id!,
            amount: -7,
            taxIncluded: true,
          },
        ],
      },
    ] satisfies TaxDocument[]);
    expect(await load(note.lago_id)).toMatchObject({ document: strategy.settled[0]!, standing: 'final' });
  });

  it('is still to come, and not 0, when the strategy settles later', async () => {
    const note = await credit(host, await finalized(), [1_000]);
    expect(note).toMatchObject({
      status: 'pending',
      sub_total_excluding_taxes_amount_cents: 0,
      taxes_amount_cents: 0,
      total_amount_cents: 0,
      own_taxes_amount_cents: 100,
      taxes_difference_amount_cents: null,
      credit_amount_cents: 1_100,
      applied_taxes: [],
      error_details: [],
    });
    const stored = await host.inContext((em) => em.findOneOrFail(CreditNote, { id: note.lago_id }));
    expect(stored).toMatchObject({ preTaxAmountCents: null, taxesAmountCents: null, totalAmountCents: null });
  });

  it("is the strategy's once it comes, beside billing's own", async () => {
    const { id, version, calculation } = await pending([1_000]);
    const [line] = calculation.lines;
    const [tax] = line!.jurisdictions;
    const other: TaxCalculation = {
      ...calculation,
      taxAmountToCollect: -98,
      totalAmount: -1_098,
      lines: [{ ...line!, taxAmountToCollect: -98, jurisdictions: [{ ...tax!, taxAmount: -98 }] }],
    };
    expect(await apply(id, other, version)).toBe('applied');
    const applied = await show(id);
    expect(applied).toMatchObject({
      status: 'finalized',
      sub_total_excluding_taxes_amount_cents: 1_000,
      taxes_amount_cents: 98,
      total_amount_cents: 1_098,
      own_taxes_amount_cents: 100,
      taxes_difference_amount_cents: 2,
      credit_amount_cents: 1_100,
      applied_taxes: [{ amount_cents: 98, base_amount_cents: 1_000, taxable_amount_cents: '1000' }],
    });
    expect(await apply(id, structuredClone(other), version)).toBe('applied');
    expect(await show(id)).toEqual(applied);
  });

  it('is the answer to the note, or refused', async () => {
    const { id, version, calculation } = await pending();
    await expect(apply(id, { ...calculation, lines: [] }, version)).rejects.toMatchObject({ code: 'taxes_do_not_fit' });
    expect(await apply(id, calculation, 'another')).toBe('stale');
    expect(await show(id)).toMatchObject({ status: 'pending', applied_taxes: [] });
    for (const unknown of ['nonsense', '00000000-0000-0000-0000-000000000000']) {
      expect(await load(unknown)).toBeNull();
      expect(await apply(unknown, calculation, version)).toBe('stale');
      await expect(fail(unknown)).resolves.toBeUndefined();
      await expect(settled(unknown)).resolves.toBeUndefined();
    }
  });

  it.each([
    ['retrying', 'pending'],
    ['waiting', 'failed'],
    ['failed', 'failed'],
  ] as const)('shows a problem of which the next is "%s" on a %s note, until it comes', async (next, status) => {
    const { id, version, calculation } = await pending();
    await fail(id, { code: 'timeout' });
    await fail(id, { next });
    expect(await show(id)).toMatchObject({
      status,
      error_details: [{ error_code: 'tax_error', details: { tax_error: 'product_unknown', next } }],
    });
    expect(await apply(id, calculation, version)).toBe('applied');
    const taxed = await show(id);
    expect(taxed).toMatchObject({ status: 'finalized', error_details: [] });
    await fail(id, { next });
    expect(await show(id)).toEqual(taxed);
  });

  it('is computed by whoever taxed the invoice, and is missing with a reason when that one refuses', async () => {
    const issued = await finalized();
    strategy.refuses();
    expect(await credit(host, issued)).toMatchObject({
      status: 'failed',
      total_amount_cents: 0,
      error_details: [{ error_code: 'tax_error', details: { tax_error: 'address_not_found', next: 'failed' } }],
    });
  });

  it('changes nothing of a note that was voided meanwhile, except what it says', async () => {
    const { id, version, calculation } = await pending();
    await voidNote(id);
    expect(await load(id)).toMatchObject({ standing: 'voided', version });
    expect(await apply(id, calculation, version)).toBe('applied');
    expect(await show(id)).toMatchObject({ status: 'voided', taxes_amount_cents: 1_000 });
  });

  it('shows on a voided note that the authorities still count it, until they do not', async () => {
    const { id } = await pending();
    await voidNote(id);
    await fail(id);
    expect(await show(id)).toMatchObject({ status: 'voided', error_details: [{ error_code: 'tax_error' }] });
    await settled(id);
    expect(await show(id)).toMatchObject({ status: 'voided', error_details: [], applied_taxes: [] });
  });

  it('is what was charged on the parts that are taken back, when no authority is to hear of them', async () => {
    const { id } = await pending([3_333, 550], [{}, { tax_included: true, unit_amount_cents: 1_100 }]);
    await fail(id);
    await settled(id);
    const own = await show(id);
    expect(own).toMatchObject({
      status: 'finalized',
      error_details: [],
      sub_total_excluding_taxes_amount_cents: 3_833,
      taxes_amount_cents: 333,
      included_taxes_amount_cents: 50,
      total_amount_cents: 4_216,
      credit_amount_cents: 4_216,
      taxes_difference_amount_cents: null,
      applied_taxes: [
        { tax_name: 'Flat rate Tax', tax_rate: 10, amount_cents: 333, taxable_amount_cents: '3333' },
        { tax_name: 'Flat rate Tax', treatment: 'included', amount_cents: 50, taxable_amount_cents: '500' },
      ],
    });
    await settled(id);
    expect(await show(id)).toEqual(own);
  });

  it('is told with the note, in its transaction', async () => {
    const issued = await finalized();
    const { lago_id: creditNoteId } = await credit(host, issued, [1_000]);
    await voidNote(creditNoteId);
    expect(listener.heard).toEqual([
      [CREDIT_NOTE_CREATED, { creditNoteId, customerId: 'acme' }],
      [CREDIT_NOTE_VOIDED, { creditNoteId, customerId: 'acme' }],
    ]);

    const fields = await creditOf(host, issued, [1_000]);
    const note = await credit(host, issued, [1_000]);
    const before = await count();
    listener.hear = async () => {
      throw new Error('the listener has no room left');
    };
    expect(await refusalOf(host.lago.creditNotes.createCreditNote({ credit_note: fields }))).toMatchObject({
      status: 500,
    });
    expect(await refusalOf(voidNote(note.lago_id))).toMatchObject({ status: 500 });
    expect(await count()).toBe(before);
    expect(await show(note.lago_id)).toEqual(note);
  });
});

describe('a credit note for a customer whose tax strategy has changed', () => {
  it('is taxed by the one that taxed the invoice', async () => {
    const [first, second] = [new ScriptedTaxStrategy(), new ScriptedTaxStrategy('second')];
    const host = await startHost({ strategies: [first, second] });
    await stock(host);
    first.settles();
    const issued = await invoice(host);
    first.appliesTo = async () => false;
    await credit(host, issued);
    expect(first.settled.map((document) => document.kind)).toEqual(['invoice', 'credit_note']);
    expect(second.settled).toEqual([]);
    await host.close();
  });
});
