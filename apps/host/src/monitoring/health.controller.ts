import { AnrokTaxHealthIndicator } from '@anrok-nest/module/health';
import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService, MikroOrmHealthIndicator } from '@nestjs/terminus';

/** For whoever keeps the process running. Without a guard: probes have no key, and are told numbers and no names. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: MikroOrmHealthIndicator,
    private readonly anrokTax: AnrokTaxHealthIndicator,
  ) {}

  /** Liveness: the process answers. A restart mends nothing else, so nothing else is asked. */
  @Get('live')
  @HealthCheck()
  live() {
    return this.health.check([]);
  }

  /** Readiness: the database answers and documents get their tax. */
  @Get(['', 'ready'])
  @HealthCheck()
  ready() {
    return this.health.check([
      () => this.database.pingCheck('database').withTimeout(2_000),
      () => this.anrokTax.isHealthy('anrokTax'),
    ]);
  }
}
