import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { NotAllowedError, NotFoundError } from '../billing.error.js';
import { Clock } from '../clock.js';
import { CreditNoteService, type GivenBack } from '../credit-note/credit-note.service.js';
import { lockInvoice } from './find-invoice.js';
import type { Invoice } from './invoice.entity.js';
import { INVOICE_DISPUTED, INVOICE_VOIDED, InvoiceDisputed, InvoiceVoided } from './invoice.event.js';
import { isDisputable, nextStatus } from './invoice-status.js';

const NOTHING: GivenBack = { creditAmountCents: 0, refundAmountCents: 0 };

/** Invoices whose issue, or whose payment, is undone. */
@Injectable()
export class InvoiceReversalService {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
    private readonly clock: Clock,
    private readonly creditNotes: CreditNoteService,
  ) {}

  /**
   * Makes an invoice count no more, and for the authorities its credit notes neither: what the customer is given back
   * on that occasion is between the customer and the seller.
   *
   * @throws NotFoundError
   * @throws NotAllowedError unless it is finalized
   * @throws InvalidInputError when more is to be given back than is left of it
   */
  async void(id: string, givenBack = NOTHING): Promise<Invoice> {
    return this.em.transactional(async (em) => {
      const invoice = await this.lock(id);
      const status = nextStatus(invoice.status, 'voided');
      if (!status) throw new NotAllowedError('not_voidable');
      invoice.status = status;
      invoice.voidedAt = this.clock.now();
      // its notes are read again with their invoice, and what is not written by then would be lost
      await em.flush();
      await this.creditNotes.conclude(invoice, givenBack);
      await em.flush();
      await this.events.emitAsync(INVOICE_VOIDED, new InvoiceVoided(id, invoice.customer.externalId));
      return invoice;
    });
  }

  /**
   * The payment of an invoice was disputed, and the dispute is lost. The first time counts.
   *
   * @throws NotFoundError
   * @throws NotAllowedError for an invoice that nobody can have paid
   */
  async loseDispute(id: string): Promise<Invoice> {
    return this.em.transactional(async (em) => {
      const invoice = await this.lock(id);
      if (!isDisputable(invoice.status)) throw new NotAllowedError('not_disputable');
      if (invoice.paymentDisputeLostAt) return invoice;
      invoice.paymentDisputeLostAt = this.clock.now();
      await em.flush();
      await this.events.emitAsync(INVOICE_DISPUTED, new InvoiceDisputed(id, invoice.customer.externalId));
      return invoice;
    });
  }

  private async lock(id: string): Promise<Invoice> {
    const invoice = await lockInvoice(this.em, id);
    if (!invoice) throw new NotFoundError('invoice');
    return invoice;
  }
}
