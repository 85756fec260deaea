import { type ItemReference, type MinorUnits, type TaxDocument, TaxError } from '@anrok-nest/tax';

/** Found before anything is sent: Anrok has no product for these items, and there is no fallback. */
export class ItemsNotMappedError extends TaxError {
  constructor(
    readonly items: readonly ItemReference[],
    connection: string,
  ) {
    const names = items.map((item) => `${item.type} "${item.id}"`).join(', ');
    super({
      code: 'item_not_mapped',
      message: `No Anrok product is mapped to ${names} on connection "${connection}", and there is no fallback.`,
      remedy: `Map ${items.length === 1 ? 'it' : 'them'} to Anrok's product ids, or map a fallback product; the document continues by itself.`,
      retry: 'after-fix',
      details: { connection, items },
    });
  }
}

/** Found before anything is sent: neither address of the customer says where the tax is due. */
export class CustomerAddressUnusableError extends TaxError {
  constructor(customerId: string, flaws: { readonly shipping: string; readonly billing: string }) {
    super({
      code: 'customer_address_unusable',
      message: `Customer ${customerId} has no address to tax: the shipping address ${flaws.shipping}, the billing address ${flaws.billing}.`,
      remedy: "Complete the customer's shipping or billing address; the document continues by itself.",
      retry: 'after-fix',
      details: { customerId, ...flaws },
    });
  }
}

/** Found before a credit note is recorded: Anrok would give back another tax than was charged. */
export class CreditTaxDiffersError extends TaxError {
  /** @param charged what was charged on the part of the line that is asked for, with the sign of the answer */
  constructor(
    { id, creditedInvoiceId }: Pick<TaxDocument, 'id' | 'creditedInvoiceId'>,
    lineId: string,
    given: MinorUnits,
    charged: MinorUnits,
  ) {
    super({
      code: 'credit_tax_differs',
      message: `On line ${lineId} of the credit note ${id} Anrok would compute a tax of ${given}, but by what was charged on invoice ${creditedInvoiceId} it is ${charged}.`,
      remedy:
        'Something changed at Anrok since the invoice, as a rule a certificate of the customer. Undo it until the credit note is recorded: that continues by itself where certificates are changed here, and is tried again otherwise. Or void the invoice in place of crediting it.',
      retry: 'after-fix',
      details: { creditNoteId: id, invoiceId: creditedInvoiceId, lineId, given, charged },
    });
  }
}

/** Anrok answered, but not for the lines that it was asked. */
export class AnswerDoesNotFitError extends TaxError {
  constructor(expectation: string, details: Readonly<Record<string, unknown>>) {
    super({
      code: 'anrok_answer_does_not_fit',
      message: `Anrok's answer does not fit the document: ${expectation}.`,
      remedy: 'Nothing to do at first: it is asked again. If it stays, send the attempt on record to Anrok support.',
      retry: 'later',
      details,
    });
  }
}
