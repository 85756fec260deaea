import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { AddOnService } from './add-on/add-on.service.js';
import { Clock, SystemClock } from './clock.js';
import { CustomerService } from './customer/customer.service.js';
import { InvoiceService } from './invoice/invoice.service.js';
import { InvoiceTaxesModule } from './invoice-taxes.module.js';

interface BillingModuleOptions {
  /**
   * The modules that export what billing asks for and doesn't know: a `TaxStrategyRegistry` and `CustomerIntegrations`.
   */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/** Customers, add-ons and invoices. Tables: `hostEntities`. Expects MikroORM and the event emitter to be global. */
@Module({})
export class BillingModule {
  static register({ imports }: BillingModuleOptions): DynamicModule {
    return {
      module: BillingModule,
      imports: [...imports, InvoiceTaxesModule],
      providers: [AddOnService, CustomerService, InvoiceService, { provide: Clock, useClass: SystemClock }],
      exports: [AddOnService, CustomerService, InvoiceService],
    };
  }
}
