import type { TaxCustomer } from '@anrok-nest/tax';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Customer } from '../customer/customer.entity.js';
import { appliedTaxProperties } from './applied-tax.properties.js';
import type { InvoiceErrorDetail } from './invoice-error-detail.js';
import { INVOICE_STATUSES } from './invoice-status.js';

// The aggregate is one file: its parts refer to each other and are read and written together.

/** `one_off`: things sold once. `subscription`: a period of subscriptions. `credit`: prepaid credits. */
export type InvoiceType = 'one_off' | 'subscription' | 'credit';

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
    invoiceType: p.string().length(20).$type<InvoiceType>(),
    customer: () => p.manyToOne(Customer).deleteRule('restrict').index(),
    currency: p.string().length(3),
    issuingDate: p.date(),
    netPaymentTerm: p.integer(),
    paymentDueDate: p.date(),
    /** When a draft is issued by itself. */
    expectedFinalizationDate: p.date().nullable(),
    voidedAt: p.datetime(3).nullable(),
    /** When a payment dispute over it was lost. */
    paymentDisputeLostAt: p.datetime(3).nullable(),
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

/**
 * What a fee can be for. A `subscription` and a `minimum_commitment` are known by their plan's code, a
 * `billable_metric` by its own, and of `prepaid_credit` there is one kind.
 */
export type FeeItemType =
  'add_on' | 'billable_metric' | 'fixed_charge' | 'subscription' | 'minimum_commitment' | 'prepaid_credit';

const FeeSchema = defineEntity({
  name: 'Fee',
  tableName: 'billing_fee',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    /** Null for a fee that stands alone: paid in advance, and on no invoice. */
    invoice: () => p.manyToOne(Invoice).deleteRule('cascade').nullable().index(),
    customer: () => p.manyToOne(Customer).deleteRule('restrict').index(),
    currency: p.string().length(3),
    position: p.integer(),
    /** What was sold, as tax knows it: items of a type are mapped to products by their codes. */
    itemType: p.string().length(30).$type<FeeItemType>(),
    /** The item's code and name when it was sold: renaming it does not change an issued invoice. */
    itemCode: p.string().length(255),
    itemName: p.string().length(255),
    /** Of the add-on, the billable metric, the plan. */
    itemId: p.string().length(64),
    subscriptionId: p.uuid().nullable().index(),
    chargeId: p.uuid().nullable(),
    payInAdvance: p.boolean(),
    /** The event that a fee in advance is for. */
    eventTransactionId: p.string().length(255).nullable(),
    /** The day on which a fee that stands alone counts; null on an invoice, which has its own. */
    issuingDate: p.date().nullable(),
    invoiceDisplayName: p.string().length(255),
    description: p.text().nullable(),
    /** Decimal string. */
    units: p.string().length(64),
    /** Decimal string in major units: the price of a unit may be finer than the smallest coin. */
    unitAmount: p.string().length(64),
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
    /** As on the invoice, of a fee that stands alone; until then its taxes are an estimate. */
    taxStrategy: p.string().length(64).nullable(),
    taxedCustomer: p.json<TaxCustomer>().nullable(),
    /** Of a fee that stands alone; null on an invoice, which has its own. */
    errorDetails: p.json<readonly InvoiceErrorDetail[]>().nullable(),
    taxes: () => p.oneToMany(FeeTax).mappedBy('fee').orderBy({ position: 'asc' }).orphanRemoval(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
  // whatever goes wrong, the database lets nobody charge an event twice; its default name is longer than names may be
  uniques: [{ name: 'billing_fee_event_unique', properties: ['subscriptionId', 'chargeId', 'eventTransactionId'] }],
});

/** A line of an invoice, or a fee that stands alone. */
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
