import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { ListCustomersDto, PutCustomerLinkDto } from '../../admin/customer.dto.js';
import { TaxIdService } from '../../exemptions/tax-id.service.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { CustomerLinkService } from '../../settings/customer-link.service.js';
import { CustomerOverviewReadModel } from '../../settings/customer-overview.read-model.js';
import { answerOf } from '../parts/answer.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { TaxIdFormDto } from './customer-form.dto.js';
import { CustomerPage } from './customer.page.js';
import { CustomersPage } from './customers.page.js';
import { TaxIdsPage } from './tax-ids.page.js';

/** Whom Anrok taxes, as whom it knows them, and what it gets of them. */
@DashboardPage('customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomerOverviewReadModel,
    private readonly connections: ConnectionService,
    private readonly links: CustomerLinkService,
    private readonly taxIds: TaxIdService,
  ) {}

  @Get()
  async list(@Place() place: PagePlace, @Query() form: ListCustomersDto): Promise<string> {
    return CustomersPage({ place, form, page: await this.customers.list(form) });
  }

  @Get(':id')
  async show(@Place() place: PagePlace, @Param('id') id: string): Promise<string> {
    const [customer, connections] = await Promise.all([this.customers.of(id), this.connections.list()]);
    return CustomerPage({ place, customer, connections });
  }

  @Post(':id/link')
  @SeeOther()
  async link(@Place() place: PagePlace, @Param('id') id: string, @Body() form: PutCustomerLinkDto) {
    const { connectionCode, anrokCustomerId } = form;
    const continuing = await this.links.link({
      customerId: id,
      connectionCode,
      ...(anrokCustomerId !== undefined && { anrokCustomerId }),
    });
    return place.afterwards(`customers/${encodeURIComponent(id)}`, 'linked', continuing);
  }

  @Post(':id/unlink')
  @SeeOther()
  async unlink(@Place() place: PagePlace, @Param('id') id: string) {
    await this.links.unlink(id);
    return place.afterwards(`customers?search=${encodeURIComponent(id)}`, 'unlinked');
  }

  /** Asks Anrok, and changes nothing. */
  @Get(':id/tax-ids')
  async showTaxIds(@Place() place: PagePlace, @Param('id') id: string, @Query() { taxIds }: TaxIdFormDto) {
    const overview = await this.customers.of(id);
    const verdict = await answerOf(this.validate(id, taxIds));
    return TaxIdsPage({ place, customer: overview, asked: taxIds ?? overview.sent?.taxIds ?? [], verdict });
  }

  private async validate(id: string, taxIds: readonly string[] | undefined) {
    const customer = await this.customers.customer(id);
    return this.taxIds.validate({ ...customer, ...(taxIds && { taxIds }) });
  }
}
