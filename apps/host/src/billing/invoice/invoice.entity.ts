import type { TaxCustomer } from '@anrok-nest/tax';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { AddOn } from '../add-on/add-on.entity.js';
import { Customer } from '../customer/customer.entity.js';
import { appliedTaxProperties } from './applied-tax.properties.js';
import type { InvoiceErrorDetail } from './invoice-error-detail.js';
import { INVOICE_STATUSES } from './invoice-status.js';

// The aggregate is one file: its parts refer to each other and are read and written together.

const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'billing_invoice',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    /** Given once, when the invoice is made; no retry changes it. */
    number: p.string().length(64).unique(),
    /** 1 for the customer's first invoice, and so on. */
    sequentialId: p.integer(),
    status: p.enum(INVOICE_STATUSES),
    customer: () => p.manyToOne(Customer).deleteRule('restrict').index(),
    currency: p.string().length(3),
    issuingDate: p.date(),
    netPaymentTerm: p.integer(),
    paymentDueDate: p.date(),
    fees: () => p.oneToMany(Fee).mappedBy('invoice').orderBy({ position: 'asc' }),
    /** Sum of the fees' amounts, as they were agreed on. */
    feesAmountCents: p.bigint('number'),
    /** What follows is null until there is tax: no answer is not an answer of zero. */
    preTaxAmountCents: p.bigint('number').nullable(),
    /** Added to the fees. */
    taxesAmountCents: p.bigint('number').nullable(),
    /** Contained in the fees. */
    includedTaxesAmountCents: p.bigint('number').nullable(),
    totalAmountCents: p.bigint('number').nullable(),
    /** Code of the strategy that computed it. */
    taxStrategy: p.string().length(64).nullable(),
    /** The customer as it was taxed: what the customer changes later does not change an issued invoice. */
    taxedCustomer: p.json<TaxCustomer>().nullable(),
    taxes: () => p.oneToMany(InvoiceTax).mappedBy('invoice').orderBy({ position: 'asc' }).orphanRemoval(),
    errorDetails: p.json<readonly InvoiceErrorDetail[]>(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
  uniques: [{ properties: ['customer', 'sequentialId'] }],
  indexes: [{ properties: ['issuingDate'] }, { properties: ['status'] }],
});

export class Invoice extends InvoiceSchema.class {}

const InvoiceTaxSchema = defineEntity({
  name: 'InvoiceTax',
  tableName: 'billing_invoice_tax',
  properties: {
    ...appliedTaxProperties,
    invoice: () => p.manyToOne(Invoice).deleteRule('cascade').index(),
    /** Sum of the amounts of the fees that it stands on. */
    feesAmountCents: p.bigint('number'),
  },
});

/** A tax over the whole invoice: what is printed below its fees. */
export class InvoiceTax extends InvoiceTaxSchema.class {}

const FeeSchema = defineEntity({
  name: 'Fee',
  tableName: 'billing_fee',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    invoice: () => p.manyToOne(Invoice).deleteRule('cascade').index(),
    position: p.integer(),
    addOn: () => p.manyToOne(AddOn).deleteRule('restrict').index(),
    /** The add-on's code and name when it was sold: renaming it does not change an issued invoice. */
    addOnCode: p.string().length(255),
    addOnName: p.string().length(255),
    invoiceDisplayName: p.string().length(255),
    description: p.text().nullable(),
    /** Decimal string. */
    units: p.string().length(64),
    unitAmountCents: p.bigint('number'),
    /** Units times the unit amount, rounded once. */
    amountCents: p.bigint('number'),
    /** Whether the amount already contains its tax. */
    taxIncluded: p.boolean(),
    fromDatetime: p.datetime(3).nullable(),
    toDatetime: p.datetime(3).nullable(),
    /** As on the invoice: null until there is tax. */
    preTaxAmountCents: p.bigint('number').nullable(),
    taxesAmountCents: p.bigint('number').nullable(),
    includedTaxesAmountCents: p.bigint('number').nullable(),
    taxes: () => p.oneToMany(FeeTax).mappedBy('fee').orderBy({ position: 'asc' }).orphanRemoval(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

/** A line of an invoice. */
export class Fee extends FeeSchema.class {}

const FeeTaxSchema = defineEntity({
  name: 'FeeTax',
  tableName: 'billing_fee_tax',
  properties: {
    ...appliedTaxProperties,
    fee: () => p.manyToOne(Fee).deleteRule('cascade').index(),
  },
});

/** One tax of one authority on one fee. */
export class FeeTax extends FeeTaxSchema.class {}

InvoiceSchema.setClass(Invoice);
InvoiceTaxSchema.setClass(InvoiceTax);
FeeSchema.setClass(Fee);
FeeTaxSchema.setClass(FeeTax);
