import { AnrokTaxHealthModule } from '@anrok-nest/module/health';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '../api/index.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsModule } from './metrics.module.js';

/** `/health` and `/metrics`. */
@Module({})
export class MonitoringModule {
  static register({ apiKey }: { readonly apiKey: string }): DynamicModule {
    return {
      module: MonitoringModule,
      imports: [MetricsModule, AnrokTaxHealthModule, AccessModule.register({ apiKey })],
      controllers: [HealthController, MetricsController],
    };
  }
}
