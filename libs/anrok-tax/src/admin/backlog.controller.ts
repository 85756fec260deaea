import { Get } from '@nestjs/common';
import { TaxSyncReadModel } from '../records/tax-sync.read-model.js';
import { AdminApi } from './admin-api.decorator.js';

/** What is not done, how much of it, and since when. */
@AdminApi('backlog')
export class BacklogController {
  constructor(private readonly records: TaxSyncReadModel) {}

  @Get()
  async show() {
    return { backlog: await this.records.backlog() };
  }
}
