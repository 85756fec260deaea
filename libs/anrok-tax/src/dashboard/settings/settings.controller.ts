import { Get, Inject } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { AnrokTaxOptions } from '../../options/resolve-options.js';
import { DASHBOARD_OPTIONS, type DashboardOptions } from '../shell/dashboard.options.js';
import { DashboardPage } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { toOptionGroups } from './option-groups.js';
import { toScheduleWords } from './schedule-words.js';
import { SettingsPage } from './settings.page.js';

/** What the host has configured, as it is in force in this process. Changed in the host's code, not here. */
@DashboardPage('settings')
export class SettingsController {
  constructor(
    private readonly clock: Clock,
    private readonly options: AnrokTaxOptions,
    @Inject(DASHBOARD_OPTIONS) private readonly dashboard: DashboardOptions,
  ) {}

  @Get()
  show(@Place() place: PagePlace): string {
    const { resync, worker } = this.options;
    const { cron, timeZone } = resync;
    return SettingsPage({
      place,
      worksHere: worker.enabled,
      schedule: cron === null ? null : { cron, timeZone, ...toScheduleWords(cron, timeZone, this.clock.now()) },
      groups: toOptionGroups(this.options),
      links: this.dashboard.links,
    });
  }
}
