import { Get } from '@nestjs/common';
import { TaxSyncSummaryReadModel } from '../records/tax-sync.summary.js';
import { AdminApi } from './admin-api.decorator.js';

/** How the sync is doing, at a glance. */
@AdminApi('summary')
export class SummaryController {
  constructor(private readonly summary: TaxSyncSummaryReadModel) {}

  @Get()
  show() {
    return this.summary.show();
  }
}
