import { type MinorUnits, sumOf, type TaxCalculation, TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { calendarDate } from '../invoice/calendar-date.js';
import { findInvoice, lockInvoice } from '../invoice/find-invoice.js';
import type { Invoice } from '../invoice/invoice.entity.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { nextInSequence } from '../sequence/next-in-sequence.js';
import { settleTaxes } from '../tax/settle-taxes.js';
import { type Credit, creditableOf, type CreditInput, spreadOver, toCredits, totalOf } from './credit.js';
import { CreditNote, CreditNoteItem, type CreditNoteReason } from './credit-note.entity.js';
import { CREDIT_NOTE_CREATED, CREDIT_NOTE_VOIDED, CreditNoteCreated, CreditNoteVoided } from './credit-note.event.js';
import { type CreditNoteFilter, toCondition } from './credit-note.filter.js';
import { creditNoteNumber } from './credit-note-number.js';
import { nextStatus } from './credit-note-status.js';
import { findCreditNote, lockCreditNote, WHOLE } from './find-credit-note.js';
import { ownCalculation } from './own-calculation.js';
import { taxableCreditNote } from './taxable-credit-note.js';

/** What the customer gets: to keep for later, and back. */
export interface GivenBack {
  readonly creditAmountCents: MinorUnits;
  readonly refundAmountCents: MinorUnits;
}

export interface CreditNoteInput extends GivenBack {
  readonly invoiceId: string;
  readonly items: readonly CreditInput[];
  readonly reason?: CreditNoteReason | null;
  readonly description?: string | null;
}

export interface CreditNoteEstimate {
  readonly invoice: Invoice;
  /** Billing's own, in amounts that are given back. */
  readonly calculation: TaxCalculation;
}

@Injectable()
export class CreditNoteService {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
    private readonly clock: Clock,
    private readonly strategies: TaxStrategyRegistry,
  ) {}

  /**
   * Takes back parts of a finalized invoice. The note is there with whatever came of its tax: settled, still to come, or
   * failed with the reason. Either all of it is written or nothing.
   *
   * @throws NotFoundError for the invoice or a fee
   * @throws NotAllowedError unless the invoice is finalized, or when a dispute over its payment is lost
   * @throws InvalidInputError when more is wanted than is left, or when what is given back is not the items and their
   * taxes
   */
  async create(input: CreditNoteInput): Promise<CreditNote> {
    return this.em.transactional(async (em) => {
      const invoice = toCreditable(await lockInvoice(em, input.invoiceId));
      const credits = toCredits(input.items, invoice.fees.getItems(), await this.creditable(invoice));
      const { creditAmountCents, refundAmountCents } = input;
      if (sumOf([creditAmountCents, refundAmountCents]) !== sumOf(credits.map(totalOf)))
        throw new InvalidInputError({ base: ['does_not_match_item_amounts'] });

      const note = await this.issue(invoice, credits, input);
      // what a strategy taxed is credited by the same, whoever taxes the customer by now
      await settleTaxes(em, taxableCreditNote(note), async () => this.strategies.named(invoice.taxStrategy!));
      await em.flush();
      await this.events.emitAsync(CREDIT_NOTE_CREATED, new CreditNoteCreated(note.id, invoice.customer.externalId));
      return note;
    });
  }

  /**
   * What a credit note over these items would give back. Records nothing.
   *
   * @throws as `create`
   */
  async estimate({ invoiceId, items }: Pick<CreditNoteInput, 'invoiceId' | 'items'>): Promise<CreditNoteEstimate> {
    const invoice = toCreditable(await findInvoice(this.em, invoiceId));
    const credits = toCredits(items, invoice.fees.getItems(), await this.creditable(invoice));
    const lines = credits.map((credit) => ({ ...credit, id: credit.fee.id }));
    return { invoice, calculation: ownCalculation(invoice.currency, lines) };
  }

  /**
   * Makes a note as if it had never been: what it took back can be taken back again.
   *
   * @throws NotFoundError
   * @throws NotAllowedError when it is voided already
   */
  async void(id: string): Promise<CreditNote> {
    return this.em.transactional(async (em) => {
      const note = await lockCreditNote(em, id);
      if (!note) throw new NotFoundError('credit_note');
      const status = nextStatus(note.status, 'voided');
      if (!status) throw new NotAllowedError('no_voidable_amount');
      note.status = status;
      note.voidedAt = this.clock.now();
      note.errorDetails = [];
      await em.flush();
      await this.events.emitAsync(CREDIT_NOTE_VOIDED, new CreditNoteVoided(id, note.invoice.customer.externalId));
      return note;
    });
  }

  /**
   * What has to be done with the notes of an invoice that is being voided, in the transaction and under the lock of
   * that. No authority hears of them any more, so those without a tax get billing's own; and what the customer gets
   * back is on a last one, over what is left of the invoice.
   *
   * @throws InvalidInputError when that is more than is left
   */
  async conclude(invoice: Invoice, givenBack: GivenBack): Promise<void> {
    const open = { invoice: invoice.id, status: { $in: ['finalizing' as const, 'failed' as const] } };
    const notes = await this.em.find(CreditNote, open, { populate: WHOLE, refresh: true });

    const total = sumOf([givenBack.creditAmountCents, givenBack.refundAmountCents]);
    const creditable = await this.creditable(invoice);
    if (total > sumOf(creditable.map(totalOf)))
      throw new InvalidInputError({ creditRefundAmount: ['total_amount_exceeds_invoice_amount'] });
    const description = 'Given back when the invoice was voided';
    const last =
      total > 0 ? await this.issue(invoice, spreadOver(creditable, total), { ...givenBack, description }) : undefined;

    for (const note of last ? [...notes, last] : notes) taxableCreditNote(note).settled();
    await this.em.flush();
    if (last)
      await this.events.emitAsync(CREDIT_NOTE_CREATED, new CreditNoteCreated(last.id, invoice.customer.externalId));
  }

  /** @throws NotFoundError */
  async find(id: string): Promise<CreditNote> {
    const note = await findCreditNote(this.em, id);
    if (!note) throw new NotFoundError('credit_note');
    return note;
  }

  /** Newest first. */
  async list(filter: CreditNoteFilter, request: PageRequest): Promise<Page<CreditNote>> {
    const [items, totalCount] = await this.em.findAndCount(CreditNote, toCondition(filter), {
      ...toBounds(request),
      populate: WHOLE,
      orderBy: { issuingDate: 'desc', createdAt: 'desc', id: 'desc' },
    });
    return { items, request, totalCount };
  }

  /** What is left of the invoice. Only under its lock is that still so a moment later. */
  private async creditable(invoice: Invoice): Promise<Credit[]> {
    // the bank has paid all of it back
    if (invoice.paymentDisputeLostAt) return [];
    const inForce = { creditNote: { invoice: invoice.id, status: { $ne: 'voided' as const } } };
    const taken = Map.groupBy(await this.em.find(CreditNoteItem, inForce), (item) => item.fee.id);
    const intervals = new Map([...taken].map(([feeId, items]) => [feeId, items.flatMap((item) => item.intervals)]));
    return creditableOf(invoice.fees.getItems(), intervals);
  }

  private async issue(
    invoice: Invoice,
    credits: readonly Credit[],
    { creditAmountCents, refundAmountCents, reason, description }: Omit<CreditNoteInput, 'invoiceId' | 'items'>,
  ): Promise<CreditNote> {
    const sequentialId = await nextInSequence(this.em, `credit note of ${invoice.id}`);
    const note = this.em.create(CreditNote, {
      number: creditNoteNumber(invoice.number, sequentialId),
      sequentialId,
      status: 'finalizing',
      invoice,
      reason: reason ?? 'other',
      description: description ?? null,
      currency: invoice.currency,
      issuingDate: calendarDate(this.clock.now(), invoice.customer.timezone ?? 'UTC'),
      items: credits.map((credit, position) => ({ ...credit, position })),
      itemsAmountCents: sumOf(credits.map((credit) => credit.amountCents)),
      creditAmountCents,
      refundAmountCents,
      errorDetails: [],
    });
    await this.em.flush();
    return note;
  }
}

function toCreditable(invoice: Invoice | null): Invoice {
  if (!invoice) throw new NotFoundError('invoice');
  if (invoice.status !== 'finalized') throw new NotAllowedError('invalid_type_or_status');
  if (invoice.paymentDisputeLostAt) throw new NotAllowedError('payment_dispute_lost');
  return invoice;
}
