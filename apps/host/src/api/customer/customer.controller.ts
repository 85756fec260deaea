import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Customer, CustomerService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { IdPipe } from '../input/id.pipe.js';
import { PageInput, toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { CustomerBody } from './customer.input.js';
import { toCustomerObject } from './customer.serializer.js';
import { toCustomerInput } from './to-customer-input.js';

@LagoController('customers')
export class CustomerController {
  constructor(private readonly customers: CustomerService) {}

  @Post()
  @HttpCode(200)
  async upsert(@BodyOf('customer') body: CustomerBody) {
    return this.show(await this.customers.upsert(toCustomerInput(body)));
  }

  @Get()
  async list(@QueryOf() query: PageInput) {
    const page = await this.customers.list(toPageRequest(query));
    const integrations = await this.customers.integrationsOf(page.items);
    return {
      customers: page.items.map((customer) => toCustomerObject(customer, integrations.get(customer.externalId))),
      meta: toPageMeta(page),
    };
  }

  @Get(':external_id')
  async find(@Param('external_id', new IdPipe('customer')) externalId: string) {
    return this.show(await this.customers.find(externalId));
  }

  private async show(customer: Customer) {
    const integrations = await this.customers.integrationsOf([customer]);
    return { customer: toCustomerObject(customer, integrations.get(customer.externalId)) };
  }
}
