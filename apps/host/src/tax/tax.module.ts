import { AnrokTaxModule, AnrokTaxStrategy } from '@anrok-nest/module';
import { AnrokTaxBullModule } from '@anrok-nest/module/bullmq';
import { FlatRateTaxStrategy, TaxStrategyRegistry } from '@anrok-nest/tax';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule, AdminGuard } from '../api/index.js';
import { CustomerIntegrations, DocumentTaxesModule } from '../billing/index.js';
import type { Environment } from '../config/environment.js';
import { Metrics } from '../monitoring/metrics.js';
import { MetricsModule } from '../monitoring/metrics.module.js';
import { BillingHostAdapter } from './billing-host.adapter.js';
import { AnrokCustomerIntegrations } from './customer-integrations.adapter.js';
import { ANROK_KEY_OF_ENVIRONMENT, EnvironmentConnection } from './environment.connection.js';
import { InvoiceOverview } from './invoice-overview.js';
import { TaxProblemWebhooksModule } from './tax-problem.webhooks.module.js';

const LINKS = [
  { label: 'The host’s invoices', href: '/' },
  { label: 'The host’s webhooks', href: '/webhooks' },
];

/**
 * Chooses who computes this host's tax: Anrok for customers that are linked to it, a flat rate for everybody else. With
 * `admin`, the one place that names Anrok.
 */
@Module({})
export class TaxModule {
  static register({ anrok, apiKey, flatTaxRate, redisUrl, worker }: Environment): DynamicModule {
    return {
      module: TaxModule,
      imports: [
        AnrokTaxModule.forRootAsync({
          billingHost: BillingHostAdapter,
          admin: { guard: AdminGuard, signIn: '/sign-in', links: LINKS },
          imports: [DocumentTaxesModule, TaxProblemWebhooksModule, AccessModule.register({ apiKey }), MetricsModule],
          inject: [Metrics],
          useFactory: ({ provider: meterProvider }: Metrics) => ({
            encryptionKey: anrok.encryptionKey.toString('base64'),
            decryptionKeys: anrok.decryptionKeys?.map((key) => key.toString('base64')) ?? [],
            ...(anrok.baseUrl && { baseUrl: anrok.baseUrl }),
            ...(anrok.appUrl && { appUrl: anrok.appUrl }),
            worker: { enabled: worker },
            telemetry: { meterProvider },
          }),
        }),
        ...(redisUrl ? [AnrokTaxBullModule.forRoot({ connection: { url: redisUrl } })] : []),
      ],
      providers: [
        {
          provide: TaxStrategyRegistry,
          inject: [AnrokTaxStrategy],
          useFactory: (anrokStrategy: AnrokTaxStrategy) =>
            new TaxStrategyRegistry([anrokStrategy, new FlatRateTaxStrategy({ rate: flatTaxRate })]),
        },
        { provide: CustomerIntegrations, useClass: AnrokCustomerIntegrations },
        { provide: ANROK_KEY_OF_ENVIRONMENT, useValue: anrok.apiKey ?? null },
        EnvironmentConnection,
        InvoiceOverview,
      ],
      exports: [TaxStrategyRegistry, CustomerIntegrations, InvoiceOverview],
    };
  }
}
