import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { AddOn } from '../add-on/add-on.entity.js';
import { BillableMetric } from '../billable-metric/billable-metric.entity.js';

// The aggregate is one file: its parts refer to each other and are read and written together.

export const PLAN_INTERVALS = ['weekly', 'monthly', 'quarterly', 'yearly'] as const;
export type PlanInterval = (typeof PLAN_INTERVALS)[number];

const PlanSchema = defineEntity({
  name: 'Plan',
  tableName: 'billing_plan',
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
    interval: p.string().length(20).$type<PlanInterval>(),
    /** Of a whole interval. */
    amountCents: p.bigint('number'),
    amountCurrency: p.string().length(3),
    /** Whether the amount is due when an interval begins rather than when it ends. */
    payInAdvance: p.boolean(),
    /** What an interval costs at least, everything together; null when there is no such minimum. */
    minimumCommitmentCents: p.bigint('number').nullable(),
    minimumCommitmentDisplayName: p.string().length(255).nullable(),
    charges: () => p.oneToMany(Charge).mappedBy('plan').orderBy({ position: 'asc' }).orphanRemoval(),
    fixedCharges: () => p.oneToMany(FixedCharge).mappedBy('plan').orderBy({ position: 'asc' }).orphanRemoval(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** What customers subscribe to: an amount for every interval, and what comes on top of it. */
export class Plan extends PlanSchema.class {}

const ChargeSchema = defineEntity({
  name: 'Charge',
  tableName: 'billing_charge',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    plan: () => p.manyToOne(Plan).deleteRule('cascade').index(),
    billableMetric: () => p.manyToOne(BillableMetric).deleteRule('restrict').index(),
    position: p.integer(),
    /** Of one unit: decimal string in major units, as fine as it is wanted. */
    amount: p.string().length(64),
    /** Whether every event is due at once rather than when the interval ends. */
    payInAdvance: p.boolean(),
    /** Whether what is due at once comes on an invoice. */
    invoiceable: p.boolean(),
    /** On invoices; the metric's name when null. */
    invoiceDisplayName: p.string().length(255).nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
  uniques: [{ properties: ['plan', 'billableMetric'] }],
});

/** The price of what a metric measures. A plan has one for a metric. */
export class Charge extends ChargeSchema.class {}

const FixedChargeSchema = defineEntity({
  name: 'FixedCharge',
  tableName: 'billing_fixed_charge',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    plan: () => p.manyToOne(Plan).deleteRule('cascade').index(),
    addOn: () => p.manyToOne(AddOn).deleteRule('restrict').index(),
    position: p.integer(),
    /** Decimal string. */
    units: p.string().length(64),
    /** Of one unit: decimal string in major units. */
    amount: p.string().length(64),
    payInAdvance: p.boolean(),
    /** On invoices; the add-on's when null. */
    invoiceDisplayName: p.string().length(255).nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
  uniques: [{ properties: ['plan', 'addOn'] }],
});

/** An add-on that comes with every interval, used or not. A plan has one for an add-on. */
export class FixedCharge extends FixedChargeSchema.class {}

PlanSchema.setClass(Plan);
ChargeSchema.setClass(Charge);
FixedChargeSchema.setClass(FixedCharge);
