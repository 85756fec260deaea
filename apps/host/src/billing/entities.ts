import { AddOn } from './add-on/add-on.entity.js';
import { Customer } from './customer/customer.entity.js';
import { PostalAddress } from './customer/postal-address.embeddable.js';
import { Fee, FeeTax, Invoice, InvoiceTax } from './invoice/invoice.entity.js';
import { Sequence } from './sequence/sequence.entity.js';

/** Billing's entities, for the ORM's configuration. */
export const hostEntities = [Customer, PostalAddress, AddOn, Invoice, InvoiceTax, Fee, FeeTax, Sequence];
