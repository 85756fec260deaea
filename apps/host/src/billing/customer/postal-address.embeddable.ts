import { defineEntity, p } from '@mikro-orm/core';

const PostalAddressSchema = defineEntity({
  name: 'PostalAddress',
  embeddable: true,
  properties: {
    line1: p.string().length(255).nullable(),
    line2: p.string().length(255).nullable(),
    city: p.string().length(255).nullable(),
    state: p.string().length(255).nullable(),
    zipcode: p.string().length(255).nullable(),
    /** ISO 3166-1 alpha-2, capital letters. */
    country: p.string().length(2).nullable(),
  },
});

/** Where somebody is. Every part may be unknown; unknown is null, never an empty text. */
export class PostalAddress extends PostalAddressSchema.class {}
PostalAddressSchema.setClass(PostalAddress);
