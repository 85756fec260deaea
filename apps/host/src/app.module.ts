import { MikroOrmModule } from '@mikro-orm/nestjs';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ApiModule } from './api/index.js';
import { BillingModule } from './billing/index.js';
import type { Environment } from './config/environment.js';
import { HomeController } from './home/home.controller.js';
import { ormOptions } from './mikro-orm.config.js';
import { TaxModule } from './tax/tax.module.js';

/** The monolith: billing, its API, and the tax that it takes from whoever TaxModule chooses. */
@Module({})
export class AppModule {
  static register(environment: Environment): DynamicModule {
    const tax = TaxModule.register(environment);
    return {
      module: AppModule,
      imports: [
        EventEmitterModule.forRoot(),
        MikroOrmModule.forRoot(ormOptions(environment.database) as never),
        ApiModule.register({ apiKey: environment.apiKey, billing: BillingModule.register({ imports: [tax] }) }),
        tax,
      ],
      controllers: [HomeController],
    };
  }
}
