import { MikroOrmModule } from '@mikro-orm/nestjs';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { AccessModule, ApiModule } from './api/index.js';
import { BillingModule, WebhooksModule } from './billing/index.js';
import type { Environment } from './config/environment.js';
import { HomeController } from './home/home.controller.js';
import { MonitoringModule } from './monitoring/monitoring.module.js';
import { ormOptions } from './mikro-orm.config.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { TaxModule } from './tax/tax.module.js';

/** The monolith: billing, its API, and the tax that it takes from whoever TaxModule chooses. */
@Module({})
export class AppModule {
  static register(environment: Environment): DynamicModule {
    const tax = TaxModule.register(environment);
    const { invoiceGracePeriod, worker: schedule } = environment;
    const billing = BillingModule.register({ imports: [tax], invoiceGracePeriod, schedule });
    return {
      module: AppModule,
      imports: [
        EventEmitterModule.forRoot(),
        ScheduleModule.forRoot(),
        MikroOrmModule.forRoot(ormOptions(environment.database) as never),
        AccessModule.register({ apiKey: environment.apiKey }),
        ApiModule.register({
          apiKey: environment.apiKey,
          billing,
          webhooks: WebhooksModule.register({ ...environment.webhooks, worker: environment.worker }),
        }),
        tax,
        MonitoringModule.register({ apiKey: environment.apiKey }),
      ],
      controllers: [HomeController, SignInController],
    };
  }
}
