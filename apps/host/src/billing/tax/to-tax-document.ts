import type { Address, TaxableLine, TaxCustomer, TaxDocument } from '@anrok-nest/tax';
import type { Customer } from '../customer/customer.entity.js';
import type { PostalAddress } from '../customer/postal-address.embeddable.js';
import type { Fee, Invoice } from '../invoice/invoice.entity.js';

/**
 * An invoice in the words of tax. Its customer is the one that it was taxed with, once it was: where a customer moves
 * to later does not move the sales of the past.
 */
export function toTaxDocument(invoice: Invoice): TaxDocument {
  return {
    kind: 'invoice',
    id: invoice.id,
    currency: invoice.currency,
    accountingDate: invoice.issuingDate,
    customer: invoice.taxedCustomer ?? toTaxCustomer(invoice.customer),
    lines: invoice.fees.getItems().map(toTaxableLine),
  };
}

export function toTaxCustomer(customer: Customer): TaxCustomer {
  const person = [customer.firstname, customer.lastname].filter(Boolean).join(' ');
  const name = customer.legalName || customer.name || person;
  const shippingAddress = toAddress(customer.shippingAddress);
  const billingAddress = toAddress(customer.address);
  return {
    id: customer.externalId,
    ...(name && { name }),
    ...(shippingAddress && { shippingAddress }),
    ...(billingAddress && { billingAddress }),
    taxIds: customer.taxIdentificationNumber ? [customer.taxIdentificationNumber] : [],
  };
}

type FeeToTax = Pick<Fee, 'id' | 'itemType' | 'itemCode' | 'amountCents' | 'units' | 'taxIncluded'>;

export function toTaxableLine(fee: FeeToTax): TaxableLine {
  return {
    id: fee.id,
    item: { type: fee.itemType, id: fee.itemCode },
    amount: fee.amountCents,
    quantity: fee.units,
    taxIncluded: fee.taxIncluded,
  };
}

/** Whole or not at all: parts of two addresses are no address. */
function toAddress({ line1, line2, city, state, zipcode, country }: PostalAddress): Address | undefined {
  const parts = Object.entries({ line1, line2, city, region: state, postalCode: zipcode, country });
  const filled = parts.filter(([, part]) => part);
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}
