import { type ItemReference, TaxError } from '@anrok-nest/tax';

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
