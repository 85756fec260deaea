import { Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { TaxSyncReadModel } from '../records/tax-sync.read-model.js';
import { AdminApi } from './admin-api.decorator.js';

/** What is not done, how much of it, and since when. */
@AdminApi('backlog')
export class BacklogController {
  constructor(private readonly records: TaxSyncReadModel) {}

  @Get()
  @ApiOperation({ summary: 'What is not done, by connection and status, and since when.' })
  async show() {
    return { backlog: await this.records.backlog() };
  }
}
