import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';

const AddOnSchema = defineEntity({
  name: 'AddOn',
  tableName: 'billing_add_on',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    code: p.string().length(255).unique(),
    name: p.string().length(255),
    /** On invoices; the name when null. */
    invoiceDisplayName: p.string().length(255).nullable(),
    description: p.text().nullable(),
    /** Of one unit, unless the invoice says otherwise. */
    amountCents: p.bigint('number'),
    amountCurrency: p.string().length(3),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** Something that is sold once, or that comes with every interval of a plan. */
export class AddOn extends AddOnSchema.class {}
AddOnSchema.setClass(AddOn);
