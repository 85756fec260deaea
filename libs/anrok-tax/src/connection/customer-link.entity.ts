import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Connection } from './connection.entity.js';

const CustomerLinkSchema = defineEntity({
  name: 'AnrokCustomerLink',
  tableName: 'anrok_customer_link',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    connection: () => p.manyToOne(Connection).deleteRule('cascade'),
    /** The host's id. Unique: a customer belongs to one connection. */
    customerId: p.string().length(255).unique(),
    /** The customer's id at Anrok: an existing one, or the host's own, under which Anrok creates it. */
    anrokCustomerId: p.string().length(255),
    /** Whether Anrok creates the customer with the first document that is recorded. */
    createAtAnrok: p.boolean(),
    /** When a document was first recorded for it: from then on there is a page at Anrok to link to. */
    knownAt: p.datetime(3).nullable(),
    updatedAt: p.datetime(3),
  },
  indexes: [{ name: 'anrok_customer_link_connection_idx', properties: ['connection'] }],
});

/** A customer's tie to Anrok: who has one is taxed by Anrok. */
export class CustomerLink extends CustomerLinkSchema.class {}
CustomerLinkSchema.setClass(CustomerLink);
