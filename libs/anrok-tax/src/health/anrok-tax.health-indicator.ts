import { toLoggable } from '@anrok-nest/tax';
import { Injectable, Logger } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { AnrokTaxHealth } from './anrok-tax.health.js';
import type { HealthThresholds } from './judge-health.js';

/**
 * Whether documents get their tax, for `@nestjs/terminus`:
 *
 * ```ts
 * health.check([() => database.pingCheck('database'), () => anrokTax.isHealthy('anrokTax', { overdueMs: 600_000 })]);
 * ```
 *
 * `degraded` doesn't fail the check. `down` does, and is no reason to restart a process: a probe of liveness must not
 * ask for it.
 */
@Injectable()
export class AnrokTaxHealthIndicator {
  private readonly log = new Logger(AnrokTaxHealthIndicator.name);

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly health: AnrokTaxHealth,
  ) {}

  /** Never throws: a database that does not answer is down. */
  async isHealthy<const Key extends string>(
    key: Key,
    thresholds?: Partial<HealthThresholds>,
  ): Promise<HealthIndicatorResult<Key>> {
    const indicator = this.indicators.check(key);
    try {
      const { status, ...report } = await this.health.report(thresholds);
      if (status === 'down') return indicator.down(report);
      return status === 'degraded' ? indicator.degraded(report) : indicator.up(report);
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      this.log.error('The health could not be found out', what, stack);
      return indicator.down({ reasons: ['The database does not answer.'] });
    }
  }
}
