import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { PostalAddress } from './postal-address.embeddable.js';

export const CUSTOMER_TYPES = ['company', 'individual'] as const;
export type CustomerType = (typeof CUSTOMER_TYPES)[number];

const CustomerSchema = defineEntity({
  name: 'Customer',
  tableName: 'billing_customer',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    /** The caller's own id. */
    externalId: p.string().length(255).unique(),
    /** 1 for the first customer, and so on. */
    sequentialId: p.integer(),
    type: p.enum(CUSTOMER_TYPES).nullable(),
    name: p.string().length(255).nullable(),
    firstname: p.string().length(255).nullable(),
    lastname: p.string().length(255).nullable(),
    legalName: p.string().length(255).nullable(),
    legalNumber: p.string().length(255).nullable(),
    email: p.string().length(255).nullable(),
    phone: p.string().length(255).nullable(),
    url: p.string().length(255).nullable(),
    logoUrl: p.string().length(255).nullable(),
    /** ISO 4217. Null until the first invoice decides. */
    currency: p.string().length(3).nullable(),
    /** IANA name; UTC when null. */
    timezone: p.string().length(64).nullable(),
    taxIdentificationNumber: p.string().length(255).nullable(),
    /** Days between an invoice's issue and the day by which it is to be paid; 0 when null. */
    netPaymentTerm: p.integer().nullable(),
    /** Days in which an invoice over a period stays a draft; the host's default when null. */
    invoiceGracePeriod: p.integer().nullable(),
    address: () => p.embedded(PostalAddress).prefix('address_'),
    shippingAddress: () => p.embedded(PostalAddress).prefix('shipping_'),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer);
