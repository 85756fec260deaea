import { Body, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { CustomerLinkService } from '../settings/customer-link.service.js';
import { CustomerOverviewReadModel, type ShownLink } from '../settings/customer-overview.read-model.js';
import { AdminApi } from './admin-api.decorator.js';
import { ListCustomerLinksDto, PutCustomerLinkDto } from './customer.dto.js';

/** Which customers are taxed by Anrok, and as whom. */
@AdminApi('customer-links')
export class CustomerLinksController {
  constructor(
    private readonly links: CustomerLinkService,
    private readonly customers: CustomerOverviewReadModel,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Which customers are taxed by Anrok, by their ids.' })
  async list(@Query() request: ListCustomerLinksDto) {
    const { links, next } = await this.links.list(request);
    return { links: links.map((link) => this.customers.toShownLink(link)), next: next ?? null };
  }

  @Get(':customerId')
  @ApiOperation({ summary: 'As whom Anrok knows a customer.' })
  async show(@Param('customerId') customerId: string): Promise<ShownLink> {
    return this.customers.toShownLink(await this.links.byCustomer(customerId));
  }

  /** Links the customer, or changes its link; documents that waited for it continue. */
  @Put(':customerId')
  @ApiOperation({ summary: 'Links a customer or changes its link; documents that waited for it continue.' })
  async link(@Param('customerId') customerId: string, @Body() body: PutCustomerLinkDto): Promise<ShownLink> {
    const { connectionCode, anrokCustomerId } = body;
    await this.links.link({ customerId, connectionCode, ...(anrokCustomerId !== undefined && { anrokCustomerId }) });
    return this.show(customerId);
  }

  /** Repeating it is harmless. What is recorded stays recorded. */
  @Delete(':customerId')
  @ApiOperation({ summary: 'The customer is no longer taxed by Anrok; what is recorded stays.' })
  @HttpCode(204)
  unlink(@Param('customerId') customerId: string): Promise<void> {
    return this.links.unlink(customerId);
  }
}
