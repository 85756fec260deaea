import {
  type TaxCalculation,
  type TaxDocument,
  TaxError,
  TaxPendingError,
  TaxStrategyRegistry,
  toCalculation,
} from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { applyFeeEstimate } from '../fee/apply-fee-taxes.js';
import { FEE_CREATED, FeeCreated } from '../fee/fee.event.js';
import { taxableFee } from '../fee/taxable-fee.js';
import { toFeeDocument } from '../fee/to-fee-document.js';
import { Fee } from '../invoice/invoice.entity.js';
import { InvoiceFinalizer } from '../invoice/invoice-finalizer.js';
import { newInvoice } from '../invoice/new-invoice.js';
import { documentVersion } from '../tax/document-version.js';
import { FeesNotTaxedError } from './fees-not-taxed.error.js';
import type { EventPrice } from './price-events.js';

/** A fee that is about to be created, and on which day. */
export interface AdvanceFee {
  readonly id: string;
  readonly issuingDate: string;
  readonly price: EventPrice;
}

/** What the taxes of fees will be, by the versions of their documents; null where it is still to come. */
export type AdvanceTaxes = Map<string, TaxCalculation | null>;

/** Charges what is due at once. */
@Injectable()
export class AdvanceCharging {
  constructor(
    private readonly em: EntityManager,
    private readonly events: EventEmitter2,
    private readonly strategies: TaxStrategyRegistry,
    private readonly finalizer: InvoiceFinalizer,
  ) {}

  /**
   * What the taxes of a customer's fees will be, in their order: asked once for all of them, outside of any transaction.
   * Records nothing.
   *
   * @throws TaxError when there is no answer; never an answer of zero instead
   */
  async estimate(fees: readonly AdvanceFee[]): Promise<TaxCalculation[]> {
    const documents = fees.map((fee) => documentOf(fee));
    const together = { ...documents[0]!, lines: documents.flatMap((document) => document.lines) };
    const strategy = await this.strategies.for(together.customer);
    const calculation = await strategy.estimate(together, { purpose: 'fee' });
    return documents.map((document) => partOf(calculation, document));
  }

  /**
   * The same for fees of any customers, added to what is known already. Where the strategy goes on without an answer,
   * the tax is still to come.
   *
   * @throws FeesNotTaxedError when there is no answer for one of them
   */
  async tax(fees: readonly AdvanceFee[], taxes: AdvanceTaxes): Promise<void> {
    for (const its of Map.groupBy(fees, customerOf).values()) {
      const answers = await this.estimate(its).catch((error: unknown) => {
        if (error instanceof TaxPendingError) return [];
        throw refusal(its, error);
      });
      its.forEach((fee, index) => taxes.set(versionOf(fee), answers[index] ?? null));
    }
  }

  /**
   * Charges a fee in the caller's transaction: on an invoice of its own, or standing alone with the tax that it will
   * have.
   *
   * @throws FeesNotTaxedError when it stands alone and can't be taxed after all
   */
  async charge(fee: AdvanceFee, taxes: AdvanceTaxes): Promise<void> {
    if (fee.price.charge.invoiceable) return this.invoice(fee);
    await this.create(fee, taxes.get(versionOf(fee)) ?? null).catch((error: unknown) => {
      throw refusal([fee], error);
    });
  }

  private async invoice({ issuingDate, price: { event, fee } }: AdvanceFee): Promise<void> {
    const { customer, plan } = event.subscription;
    const details = { customer, currency: plan.amountCurrency, issuingDate, fees: [fee] };
    const invoice = await newInvoice(this.em, { status: 'finalizing', invoiceType: 'subscription', ...details });
    await this.finalizer.finalize(invoice);
  }

  private async create({ id, issuingDate, price }: AdvanceFee, estimate: TaxCalculation | null): Promise<void> {
    const { customer, plan } = price.event.subscription;
    const currency = plan.amountCurrency;
    const fee = this.em.create(Fee, { ...price.fee, id, issuingDate, customer, currency, position: 0 });
    if (estimate) applyFeeEstimate(fee, estimate);
    await this.em.flush();
    const taxable = taxableFee(fee);
    const strategy = await this.strategies.for(taxable.document.customer);
    const settlement = await strategy.settle(taxable.document);
    if (settlement.status === 'settled') taxable.apply(settlement.calculation);
    await this.em.flush();
    await this.events.emitAsync(FEE_CREATED, new FeeCreated(id, customer.externalId));
  }
}

/** Whether its tax has to be known before it may be created. */
export function needsTax(fee: AdvanceFee, taxes: AdvanceTaxes): boolean {
  return !fee.price.charge.invoiceable && !taxes.has(versionOf(fee));
}

function customerOf({ price: { event } }: AdvanceFee): string {
  return JSON.stringify([event.subscription.customer.id, event.subscription.plan.amountCurrency]);
}

function documentOf({ id, issuingDate, price: { event, fee } }: AdvanceFee): TaxDocument {
  const { customer, plan } = event.subscription;
  return toFeeDocument({ ...fee, id, issuingDate, customer, currency: plan.amountCurrency });
}

function versionOf(fee: AdvanceFee): string {
  return documentVersion(documentOf(fee));
}

/** Of an answer to several documents, the answer to one of them. */
function partOf({ strategy, currency, accuracy, lines }: TaxCalculation, document: TaxDocument): TaxCalculation {
  const ids = new Set(document.lines.map((line) => line.id));
  const its = lines.filter((line) => ids.has(line.id));
  return toCalculation(strategy, currency, its, accuracy);
}

function refusal(fees: readonly AdvanceFee[], error: unknown): unknown {
  if (!(error instanceof TaxError)) return error;
  return new FeesNotTaxedError(
    fees.map((fee) => fee.price),
    error,
  );
}
