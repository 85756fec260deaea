/**
 * Every kind of webhook, and the name under which its body holds what it is about. Lago's names and shapes;
 * `invoice.failed` and `credit_note.voided` are extensions.
 */
export const WEBHOOK_OBJECTS = {
  /** Once in the life of an invoice: it is issued and has its tax. */
  'invoice.created': 'invoice',
  /** It is issued and has no tax, for the reason that its error details name. */
  'invoice.failed': 'invoice',
  'invoice.drafted': 'invoice',
  'invoice.voided': 'invoice',
  'invoice.payment_dispute_lost': 'payment_dispute_lost',
  'credit_note.created': 'credit_note',
  'credit_note.voided': 'credit_note',
  /** A fee that is on no invoice. */
  'fee.created': 'fee',
  /** A document of the customer can't be taxed, and it takes somebody to mend that; or a draft can't be estimated. */
  'customer.tax_provider_error': 'tax_provider_customer_error',
  /** A fee in advance was not created, because it can't be taxed. */
  'fee.tax_provider_error': 'tax_provider_fee_error',
} as const;

export type WebhookType = keyof typeof WEBHOOK_OBJECTS;
export const WEBHOOK_TYPES = Object.keys(WEBHOOK_OBJECTS) as WebhookType[];
