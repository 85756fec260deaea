import { INVOICE_DRAFTED, INVOICE_FAILED, INVOICE_TAXED, type WebhookType } from '../../billing/index.js';

/** Which webhook tells which event of billing. The events' payloads name what they are about, by its id. */
export const BILLING_WEBHOOKS = {
  [INVOICE_TAXED]: 'invoice.created',
  [INVOICE_FAILED]: 'invoice.failed',
  [INVOICE_DRAFTED]: 'invoice.drafted',
  'invoice.voided': 'invoice.voided',
  'invoice.disputed': 'invoice.payment_dispute_lost',
  'creditNote.created': 'credit_note.created',
  'creditNote.voided': 'credit_note.voided',
  'fee.created': 'fee.created',
} as const satisfies Record<string, WebhookType>;

export type BillingWebhookType = (typeof BILLING_WEBHOOKS)[keyof typeof BILLING_WEBHOOKS];
