import { Injectable } from '@nestjs/common';
import { BacklogWatch } from './backlog.watch.js';
import { DEFAULT_THRESHOLDS, type HealthReport, type HealthThresholds, judgeHealth } from './judge-health.js';

/** Whether documents get their tax: the same answer in every process on the same database, a few seconds old at most. */
@Injectable()
export class AnrokTaxHealth {
  constructor(private readonly watch: BacklogWatch) {}

  /** @throws whatever the database throws */
  async report(thresholds: Partial<HealthThresholds> = {}): Promise<HealthReport> {
    return judgeHealth(await this.watch.look(), { ...DEFAULT_THRESHOLDS, ...thresholds });
  }
}
