import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { RecordDetailsReadModel } from '../records/record-details.read-model.js';
import { TaxSyncReadModel } from '../records/tax-sync.read-model.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { AdminApi } from './admin-api.decorator.js';
import { ListRecordsDto, RecordFilterDto, toPageRequest, toRecordFilter } from './record-filter.dto.js';
import { toDetailsView, toRecordView } from './record.view.js';

/** Where documents stand with Anrok, what was tried, and the button to try again. */
@AdminApi('records')
export class RecordsController {
  constructor(
    private readonly records: TaxSyncReadModel,
    private readonly details: RecordDetailsReadModel,
    private readonly sync: TaxSyncService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where documents stand, the latest requested first, page by page.' })
  async list(@Query() filter: ListRecordsDto) {
    const { records, next } = await this.records.list(toPageRequest(filter));
    return { records: records.map(toRecordView), next: next ?? null };
  }

  /** Everything without its tax that fits. */
  @Post('retry')
  @ApiOperation({ summary: 'Tries everything again that fits and has no tax.' })
  @HttpCode(202)
  async retryAll(@Body() filter: RecordFilterDto) {
    return { documents: await this.sync.retryAll(toRecordFilter(filter)) };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'One of them in full: taxes, transactions, attempts, related documents, what it waits for.',
  })
  async show(@Param('id') id: string) {
    return toDetailsView(await this.details.of(id));
  }

  @Post(':id/retry')
  @ApiOperation({ summary: 'Tries it again now.' })
  @HttpCode(202)
  async retry(@Param('id') id: string) {
    await this.sync.retry(id);
    return toRecordView((await this.records.history(id)).record);
  }
}
