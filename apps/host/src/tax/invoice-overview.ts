import { AnrokPages, type Standing, TaxSyncReadModel } from '@anrok-nest/module';
import { Decimal, toDecimalString } from '@anrok-nest/tax';
import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Invoice, type InvoiceTax } from '../billing/index.js';

/** An invoice and what came of its tax, for people. Amounts in major units: "10.50". */
export interface OverviewRow {
  readonly number: string;
  readonly customer: string;
  readonly currency: string;
  readonly subtotal: string;
  /** Empty as long as it is not known: an unknown tax is not zero. */
  readonly tax: string;
  readonly total: string;
  readonly status: string;
  /** What was taxed where, or why not. */
  readonly note: string;
  readonly remedy?: string;
  readonly transactions: readonly { readonly id: string; readonly page: string | undefined }[];
}

/** The latest invoices with their standing. */
@Injectable()
export class InvoiceOverview {
  constructor(
    private readonly em: EntityManager,
    private readonly records: TaxSyncReadModel,
    private readonly pages: AnrokPages,
  ) {}

  /** Oldest first. */
  async latest(limit = 50): Promise<OverviewRow[]> {
    const invoices = await this.em
      .fork()
      .find(Invoice, {}, { populate: ['customer', 'taxes'], orderBy: { createdAt: 'desc', id: 'desc' }, limit });
    const standings = await this.records.standings(
      'invoice',
      invoices.map((invoice) => invoice.id),
    );
    return invoices.toReversed().map((invoice) => {
      const standing = standings.get(invoice.id);
      return { ...toRow(invoice), transactions: standing ? this.transactionsOf(standing) : [] };
    });
  }

  private transactionsOf({ record, transactions }: Standing): OverviewRow['transactions'] {
    return transactions
      .filter((transaction) => transaction.state === 'recorded')
      .map(({ transactionId: id }) => ({ id, page: this.pages.transaction(record.connection, id) }));
  }
}

function toRow(invoice: Invoice) {
  const { currency, status } = invoice;
  const money = (cents: number | null | undefined) =>
    cents === null || cents === undefined ? '' : toDecimalString(cents, currency);
  const isTaxed = invoice.totalAmountCents !== null;
  const problem = invoice.errorDetails[0]?.problem;
  return {
    number: invoice.number,
    customer: invoice.customer.name ?? invoice.customer.externalId,
    currency,
    subtotal: money(invoice.preTaxAmountCents ?? invoice.feesAmountCents),
    tax: money(isTaxed ? (invoice.taxesAmountCents ?? 0) + (invoice.includedTaxesAmountCents ?? 0) : null),
    total: money(invoice.totalAmountCents),
    status,
    note: problem ? problem.message : invoice.taxes.getItems().map(describe).join(', '),
    ...(problem && { remedy: problem.remedy }),
  };
}

const TREATMENTS = { collected: '', included: ' (in the price)', paidBySeller: ' (paid by the seller)' };

function describe(tax: InvoiceTax): string {
  if (tax.treatment === 'notTaxed') return `${tax.jurisdiction}: ${tax.name.toLowerCase()}`;
  return `${tax.name} ${new Decimal(tax.rate).times(100).toFixed()} %${TREATMENTS[tax.treatment]}`;
}
