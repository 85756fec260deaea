import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import type { AccessOptions } from './access/access.module-definition.js';
import { AddOnController } from './add-on/add-on.controller.js';
import { CustomerController } from './customer/customer.controller.js';
import { InvoiceController } from './invoice/invoice.controller.js';
import { LagoErrorFilter } from './lago-error.filter.js';

interface ApiModuleOptions extends AccessOptions {
  /** `BillingModule.register(…)` */
  readonly billing: DynamicModule;
}

/** Billing over HTTP, as `lago-javascript-client` expects it: `/api/v1`. */
@Module({})
export class ApiModule {
  static register({ billing, apiKey }: ApiModuleOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [billing, AccessModule.register({ apiKey })],
      controllers: [AddOnController, CustomerController, InvoiceController],
      providers: [{ provide: APP_FILTER, useClass: LagoErrorFilter }],
    };
  }
}
