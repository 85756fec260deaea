import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { AnrokPages } from '../connection/anrok-pages.js';
import { TaxSyncReadModel } from '../records/tax-sync.read-model.js';
import { TaxSyncService } from '../requests/tax-sync.service.js';
import { AdminApi } from './admin-api.decorator.js';
import { RetryFilterDto } from './retry.dto.js';
import { ListRecordsDto, toAttemptView, toRecordView, toTransactionView } from './record.dto.js';

/** Where documents stand with Anrok, what was tried, and the button to try again. */
@AdminApi('records')
export class RecordsController {
  constructor(
    private readonly records: TaxSyncReadModel,
    private readonly sync: TaxSyncService,
    private readonly pages: AnrokPages,
  ) {}

  @Get()
  async list(@Query() filter: ListRecordsDto) {
    return { records: (await this.records.list(filter)).map(toRecordView) };
  }

  /** Everything without its tax that fits. */
  @Post('retry')
  @HttpCode(202)
  async retryAll(@Body() filter: RetryFilterDto) {
    return { documents: await this.sync.retryAll(filter) };
  }

  @Get(':id')
  async show(@Param('id') id: string) {
    const { record, attempts, transactions } = await this.records.history(id);
    return {
      ...toRecordView(record),
      transactions: transactions.map((held) =>
        toTransactionView(held, this.pages.transaction(record.connection, held.transactionId)),
      ),
      attempts: attempts.map(toAttemptView),
    };
  }

  @Post(':id/retry')
  @HttpCode(202)
  async retry(@Param('id') id: string) {
    await this.sync.retry(id);
    return toRecordView((await this.records.history(id)).record);
  }
}
