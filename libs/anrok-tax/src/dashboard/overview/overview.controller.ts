import { Get, Param, Post } from '@nestjs/common';
import { TaxSyncService } from '../../requests/tax-sync.service.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { OverviewPage } from './overview.page.js';
import { OverviewService } from './overview.service.js';

/** How things are, and what needs a person. At the dashboard's own address and at `overview`. */
@DashboardPage()
export class OverviewController {
  constructor(
    private readonly overview: OverviewService,
    private readonly sync: TaxSyncService,
  ) {}

  @Get()
  index(@Place() place: PagePlace): Promise<string> {
    return this.show(place);
  }

  @Get('overview')
  async show(@Place() place: PagePlace): Promise<string> {
    return OverviewPage({ place, overview: await this.overview.look() });
  }

  @Post('overview/retry/:problemCode')
  @SeeOther()
  async retry(@Place() place: PagePlace, @Param('problemCode') problemCode: string) {
    const count = await this.sync.retryAll({ problemCode });
    return place.afterwards('overview', count > 0 ? 'due' : 'none_due', count);
  }
}
