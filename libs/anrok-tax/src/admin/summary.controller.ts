import { Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { TaxSyncSummaryReadModel } from '../records/tax-sync.summary.js';
import { AdminApi } from './admin-api.decorator.js';

/** How the sync is doing, at a glance. */
@AdminApi('summary')
export class SummaryController {
  constructor(private readonly summary: TaxSyncSummaryReadModel) {}

  @Get()
  @ApiOperation({ summary: 'How the sync is doing: today, the last 14 days, each connection.' })
  show() {
    return this.summary.show();
  }
}
