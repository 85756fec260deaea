import { TaxStrategyRegistry } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { settleTaxes } from '../tax/settle-taxes.js';
import { taxableInvoice } from '../tax/taxable-invoice.js';
import type { Invoice } from './invoice.entity.js';
import { INVOICE_FINALIZED, InvoiceFinalized } from './invoice.event.js';

/** What happens to every invoice when it is issued, and when it is tried again. */
@Injectable()
export class InvoiceFinalizer {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
    private readonly strategies: TaxStrategyRegistry,
  ) {}

  /**
   * Settles the tax of an invoice that is `finalizing`, and tells of it, all in the caller's transaction. The invoice
   * has whatever came of it then: its tax, one that is still to come, or the reason why there is none.
   */
  async finalize(invoice: Invoice): Promise<void> {
    const taxable = taxableInvoice(invoice);
    await settleTaxes(this.em, taxable, () => this.strategies.for(taxable.document.customer));
    await this.em.flush();
    await this.events.emitAsync(INVOICE_FINALIZED, new InvoiceFinalized(invoice.id, invoice.customer.externalId));
    await taxable.tell?.(this.events);
  }
}
