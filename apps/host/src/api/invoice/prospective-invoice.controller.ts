import { Body, HttpCode, Post } from '@nestjs/common';
import { CustomerService, InvoiceEstimateService, InvoicePreviewService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { OneOffInvoiceBody, toOneOffInvoiceInput } from './invoice.input.js';
import { InvoicePreviewBody, toPreviewInput } from './invoice-preview.input.js';
import { toProspectiveInvoiceObject } from './prospective-invoice.serializer.js';

/** Invoices that are not there: what would be on them, and what their tax would be. */
@LagoController('invoices')
export class ProspectiveInvoiceController {
  constructor(
    private readonly previews: InvoicePreviewService,
    private readonly estimates: InvoiceEstimateService,
    private readonly customers: CustomerService,
  ) {}

  @Post('preview')
  @HttpCode(200)
  async preview(@Body() body: InvoicePreviewBody) {
    const { invoice, billed, isCustomerKnown } = await this.previews.preview(toPreviewInput(body));
    const integrations = isCustomerKnown ? await this.customers.integrationsOf([invoice.customer]) : undefined;
    const its = integrations?.get(invoice.customer.externalId);
    return { invoice: toProspectiveInvoiceObject(invoice, its, billed, isCustomerKnown) };
  }

  /** An extension: the answer to `POST /invoices` before anything is issued. */
  @Post('estimate')
  @HttpCode(200)
  async estimate(@BodyOf('invoice') body: OneOffInvoiceBody) {
    const invoice = await this.estimates.estimateOneOff(toOneOffInvoiceInput(body));
    const integrations = await this.customers.integrationsOf([invoice.customer]);
    return { invoice: toProspectiveInvoiceObject(invoice, integrations.get(invoice.customer.externalId)) };
  }
}
