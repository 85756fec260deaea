import { AddOn } from './add-on/add-on.entity.js';
import { CreditNote, CreditNoteItem, CreditNoteTax } from './credit-note/credit-note.entity.js';
import { BillableMetric } from './billable-metric/billable-metric.entity.js';
import { BilledPeriod } from './billing-run/billed-period.entity.js';
import { Customer } from './customer/customer.entity.js';
import { PostalAddress } from './customer/postal-address.embeddable.js';
import { Fee, FeeTax, Invoice, InvoiceTax } from './invoice/invoice.entity.js';
import { Charge, FixedCharge, Plan } from './plan/plan.entity.js';
import { Sequence } from './sequence/sequence.entity.js';
import { WebhookDelivery } from './webhook/webhook-delivery.entity.js';
import { WebhookEndpoint } from './webhook/webhook-endpoint.entity.js';
import { WebhookMessage } from './webhook/webhook-message.entity.js';
import { Subscription } from './subscription/subscription.entity.js';
import { UsageEvent } from './usage/usage-event.entity.js';
import { Wallet, WalletTransaction } from './wallet/wallet.entity.js';

/** Billing's entities, for the ORM's configuration. */
export const hostEntities = [
  Customer,
  PostalAddress,
  AddOn,
  Invoice,
  InvoiceTax,
  Fee,
  FeeTax,
  CreditNote,
  CreditNoteItem,
  CreditNoteTax,
  Sequence,
  WebhookEndpoint,
  WebhookMessage,
  WebhookDelivery,
  BillableMetric,
  Plan,
  Charge,
  FixedCharge,
  Subscription,
  BilledPeriod,
  UsageEvent,
  Wallet,
  WalletTransaction,
];
