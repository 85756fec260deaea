import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { CustomerService, type Invoice, InvoiceService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { OneOffInvoiceBody, toOneOffInvoiceInput } from './invoice.input.js';
import { InvoiceListInput, toInvoiceFilter } from './invoice-list.input.js';
import { toInvoiceObject, toWholeInvoiceObject } from './invoice.serializer.js';

@LagoController('invoices')
export class InvoiceController {
  constructor(
    private readonly invoices: InvoiceService,
    private readonly customers: CustomerService,
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

  private async show(invoice: Invoice) {
    const integrations = await this.customers.integrationsOf([invoice.customer]);
    return { invoice: toWholeInvoiceObject(invoice, integrations.get(invoice.customer.externalId)) };
  }
}
