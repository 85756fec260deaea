import { Body, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  CustomerService,
  DraftService,
  type Invoice,
  InvoiceReversalService,
  InvoiceService,
  SubscriptionService,
} from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { OneOffInvoiceBody, toOneOffInvoiceInput } from './invoice.input.js';
import { InvoiceListInput, toInvoiceFilter } from './invoice-list.input.js';
import { toInvoiceObject, toWholeInvoiceObject } from './invoice.serializer.js';
import { toGivenBack, VoidInvoiceBody } from './void-invoice.input.js';

@LagoController('invoices')
export class InvoiceController {
  constructor(
    private readonly invoices: InvoiceService,
    private readonly reversals: InvoiceReversalService,
    private readonly drafts: DraftService,
    private readonly customers: CustomerService,
    private readonly subscriptions: SubscriptionService,
  ) {}

  @Post()
  @HttpCode(200)
  async createOneOff(@BodyOf('invoice') body: OneOffInvoiceBody) {
    return this.show(await this.invoices.createOneOff(toOneOffInvoiceInput(body)));
  }

  @Get()
  async list(@QueryOf() query: InvoiceListInput) {
    const page = await this.invoices.list(toInvoiceFilter(query), toPageRequest(query));
    const integrations = await this.customers.integrationsOf(page.items.map((invoice) => invoice.customer));
    return {
      invoices: page.items.map((invoice) => toInvoiceObject(invoice, integrations.get(invoice.customer.externalId))),
      meta: toPageMeta(page),
    };
  }

  @Get(':lago_id')
  async find(@Param('lago_id') id: string) {
    return this.show(await this.invoices.find(id));
  }

  @Post(':lago_id/retry')
  @HttpCode(200)
  async retry(@Param('lago_id') id: string) {
    return this.show(await this.invoices.retry(id));
  }

  @Post(':lago_id/void')
  @HttpCode(200)
  async void(@Param('lago_id') id: string, @Body() body: VoidInvoiceBody) {
    return this.show(await this.reversals.void(id, toGivenBack(body)));
  }

  @Post(':lago_id/lose_dispute')
  @HttpCode(200)
  async loseDispute(@Param('lago_id') id: string) {
    return this.show(await this.reversals.loseDispute(id));
  }

  @Put(':lago_id/refresh')
  async refresh(@Param('lago_id') id: string) {
    return this.show(await this.drafts.refresh(id));
  }

  @Put(':lago_id/finalize')
  async finalize(@Param('lago_id') id: string) {
    return this.show(await this.drafts.finalize(id));
  }

  private async show(invoice: Invoice) {
    const integrations = await this.customers.integrationsOf([invoice.customer]);
    const billed = await this.subscriptions.billedOn(invoice);
    return { invoice: toWholeInvoiceObject(invoice, integrations.get(invoice.customer.externalId), billed) };
  }
}
