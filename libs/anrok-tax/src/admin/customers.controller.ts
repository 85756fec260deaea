import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { TaxIdService } from '../exemptions/tax-id.service.js';
import type { TaxIdVerdict } from '../exemptions/to-tax-id-verdict.js';
import { type CustomerOverview, CustomerOverviewReadModel } from '../settings/customer-overview.read-model.js';
import { AdminApi } from './admin-api.decorator.js';
import { ListCustomersDto, ValidateTaxIdsDto } from './customer.dto.js';

/** The host's customers: what Anrok gets of them, and whether their tax ids are valid. */
@AdminApi('customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomerOverviewReadModel,
    private readonly taxIds: TaxIdService,
  ) {}

  @Get()
  @ApiOperation({ summary: "The host's customers, or those that are linked where it shows none." })
  async list(@Query() request: ListCustomersDto) {
    const { customers, next } = await this.customers.list(request);
    return { customers, next: next ?? null };
  }

  @Get(':customerId')
  @ApiOperation({ summary: 'What Anrok gets of a customer, its link, and how many documents are open.' })
  show(@Param('customerId') customerId: string): Promise<CustomerOverview> {
    return this.customers.of(customerId);
  }

  /** Asks Anrok, and changes nothing. */
  @Post(':customerId/tax-ids/validate')
  @ApiOperation({ summary: 'Asks Anrok whether tax ids are valid where the customer is.' })
  @HttpCode(200)
  async validate(
    @Param('customerId') id: string,
    @Body() { taxIds, address }: ValidateTaxIdsDto,
  ): Promise<TaxIdVerdict> {
    const customer = address ? { id, taxIds: [], billingAddress: address } : await this.customers.customer(id);
    return this.taxIds.validate({ ...customer, ...(taxIds && { taxIds }) });
  }
}
