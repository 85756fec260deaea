import { EntityManager } from '@mikro-orm/core';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import {
  CreditNoteService,
  CustomerService,
  FeeService,
  InvoiceService,
  SubscriptionService,
  WEBHOOK_OBJECTS,
  WebhookOutbox,
} from '../../billing/index.js';
import { toCreditNoteObject } from '../credit-note/credit-note.serializer.js';
import { toFeeObject } from '../invoice/fee.serializer.js';
import { toWholeInvoiceObject } from '../invoice/invoice.serializer.js';
import { BILLING_WEBHOOKS, type BillingWebhookType } from './billing-webhooks.js';

/** What billing's events say: the id of what they are about, and the caller's own id of the customer. */
interface BillingEvent {
  readonly invoiceId?: string;
  readonly creditNoteId?: string;
  readonly feeId?: string;
  readonly customerId: string;
}

/**
 * Turns billing's events into webhooks, inside the transactions that they are told in: what the body shows is what the
 * API would show at that moment. An error takes the transaction back, which `@OnEvent` would swallow.
 */
@Injectable()
export class BillingWebhooksListener implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
    private readonly outbox: WebhookOutbox,
    private readonly invoices: InvoiceService,
    private readonly creditNotes: CreditNoteService,
    private readonly fees: FeeService,
    private readonly subscriptions: SubscriptionService,
    private readonly customers: CustomerService,
  ) {}

  onModuleInit(): void {
    for (const [name, type] of Object.entries(BILLING_WEBHOOKS)) {
      const listener: (event: BillingEvent) => unknown = (event) =>
        this.outbox.add(type, () => this.describe(type, event));
      this.events.on(name, listener);
    }
  }

  private async describe(type: BillingWebhookType, event: BillingEvent): Promise<object> {
    // what is read again below, and is not written yet, would be lost
    await this.em.flush();
    const objectType = WEBHOOK_OBJECTS[type];
    if (objectType === 'fee') return this.fee(event.feeId!);
    if (objectType === 'credit_note') return toCreditNoteObject(await this.creditNotes.find(event.creditNoteId!));
    return this.invoice(event.invoiceId!);
  }

  private async invoice(id: string): Promise<object> {
    const invoice = await this.invoices.find(id);
    const integrations = await this.customers.integrationsOf([invoice.customer]);
    const itsIntegrations = integrations.get(invoice.customer.externalId);
    return toWholeInvoiceObject(invoice, itsIntegrations, await this.subscriptions.billedOn(invoice));
  }

  private async fee(id: string): Promise<object> {
    const { fees, subscriptions } = await this.fees.find(id);
    return toFeeObject(fees[0]!, subscriptions);
  }
}
