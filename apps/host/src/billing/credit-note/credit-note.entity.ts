import type { Interval } from '@anrok-nest/tax';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { appliedTaxProperties } from '../invoice/applied-tax.properties.js';
import { Fee, Invoice } from '../invoice/invoice.entity.js';
import type { InvoiceErrorDetail } from '../invoice/invoice-error-detail.js';
import type { CreditNoteStatus } from './credit-note-status.js';

// The aggregate is one file: its parts refer to each other and are read and written together.
// All amounts are what is given back, and not below zero.

export const CREDIT_NOTE_REASONS = [
  'duplicated_charge',
  'product_unsatisfactory',
  'order_change',
  'order_cancellation',
  'fraudulent_charge',
  'other',
] as const;
export type CreditNoteReason = (typeof CREDIT_NOTE_REASONS)[number];

const CreditNoteSchema = defineEntity({
  name: 'CreditNote',
  tableName: 'billing_credit_note',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    number: p.string().length(80).unique(),
    /** 1 for the invoice's first note, and so on. */
    sequentialId: p.integer(),
    status: p.string().length(20).$type<CreditNoteStatus>(),
    invoice: () => p.manyToOne(Invoice).deleteRule('restrict').index(),
    reason: p.string().length(30).$type<CreditNoteReason>(),
    description: p.text().nullable(),
    currency: p.string().length(3),
    issuingDate: p.date(),
    voidedAt: p.datetime(3).nullable(),
    items: () => p.oneToMany(CreditNoteItem).mappedBy('creditNote').orderBy({ position: 'asc' }),
    /** Sum of the items' amounts. */
    itemsAmountCents: p.bigint('number'),
    /** What the customer keeps for later; with the refund, the items and their own taxes. */
    creditAmountCents: p.bigint('number'),
    /** What the customer gets back. */
    refundAmountCents: p.bigint('number'),
    /** What follows is the tax strategy's, and null until there is tax: no answer is not an answer of zero. */
    preTaxAmountCents: p.bigint('number').nullable(),
    /** Given back with the items. */
    taxesAmountCents: p.bigint('number').nullable(),
    /** Contained in the items. */
    includedTaxesAmountCents: p.bigint('number').nullable(),
    totalAmountCents: p.bigint('number').nullable(),
    /** Code of the strategy that computed it. */
    taxStrategy: p.string().length(64).nullable(),
    taxes: () => p.oneToMany(CreditNoteTax).mappedBy('creditNote').orderBy({ position: 'asc' }).orphanRemoval(),
    errorDetails: p.json<readonly InvoiceErrorDetail[]>(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
  uniques: [{ properties: ['invoice', 'sequentialId'] }],
  indexes: [{ properties: ['issuingDate'] }],
});

/** Takes back a part of an invoice, or all of it. */
export class CreditNote extends CreditNoteSchema.class {}

const CreditNoteItemSchema = defineEntity({
  name: 'CreditNoteItem',
  tableName: 'billing_credit_note_item',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    creditNote: () => p.manyToOne(CreditNote).deleteRule('cascade').index(),
    fee: () => p.manyToOne(Fee).deleteRule('restrict').index(),
    position: p.integer(),
    /** As the fee was agreed on: without its tax, or with it where the price contains it. */
    amountCents: p.bigint('number'),
    /** Which parts of the fee these are. */
    intervals: p.json<readonly Interval[]>(),
    /** Billing's own figures: what was charged on these parts, whatever the tax strategy says of the note. */
    ownTaxesAmountCents: p.bigint('number'),
    ownIncludedTaxesAmountCents: p.bigint('number'),
  },
});

/** What a credit note takes back of one fee. */
export class CreditNoteItem extends CreditNoteItemSchema.class {}

const CreditNoteTaxSchema = defineEntity({
  name: 'CreditNoteTax',
  tableName: 'billing_credit_note_tax',
  properties: {
    ...appliedTaxProperties,
    creditNote: () => p.manyToOne(CreditNote).deleteRule('cascade').index(),
    /** Sum of the amounts of the items that it stands on. */
    baseAmountCents: p.bigint('number'),
  },
});

/** A tax over the whole credit note. */
export class CreditNoteTax extends CreditNoteTaxSchema.class {}

CreditNoteSchema.setClass(CreditNote);
CreditNoteItemSchema.setClass(CreditNoteItem);
CreditNoteTaxSchema.setClass(CreditNoteTax);
