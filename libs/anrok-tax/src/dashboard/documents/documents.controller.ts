import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { ListRecordsDto, RecordFilterDto, toPageRequest, toRecordFilter } from '../../admin/record-filter.dto.js';
import { RecordDetailsReadModel } from '../../records/record-details.read-model.js';
import { TaxSyncReadModel } from '../../records/tax-sync.read-model.js';
import { TaxSyncService } from '../../requests/tax-sync.service.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { HostDocuments } from '../../sync/host-documents.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { DocumentPage } from './document.page.js';
import { DocumentsPage } from './documents.page.js';
import { SelectionDto } from './selection.dto.js';

/** Where documents stand with Anrok, what was tried, and trying again. */
@DashboardPage('documents')
export class DocumentsController {
  constructor(
    private readonly records: TaxSyncReadModel,
    private readonly details: RecordDetailsReadModel,
    private readonly host: HostDocuments,
    private readonly sync: TaxSyncService,
    private readonly connections: ConnectionService,
  ) {}

  @Get()
  async list(@Place() place: PagePlace, @Query() filter: ListRecordsDto): Promise<string> {
    const [{ records, next }, connections] = await Promise.all([
      this.records.list(toPageRequest(filter)),
      this.connections.list(),
    ]);
    return DocumentsPage({ place, filter, records, next, connections });
  }

  /** Those that are ticked. */
  @Post('retry')
  @SeeOther()
  async retry(@Place() place: PagePlace, @Body() { ids, query }: SelectionDto) {
    for (const id of ids) await this.sync.retry(id);
    return place.afterwards(`documents${query ? `?${query}` : ''}`, ids.length > 0 ? 'due' : 'none_chosen', ids.length);
  }

  /** All that fit the filter and have no tax, on this page or not. */
  @Post('retry-all')
  @SeeOther()
  async retryAll(@Place() place: PagePlace, @Body() filter: RecordFilterDto) {
    const count = await this.sync.retryAll(toRecordFilter(filter));
    return place.afterwards('documents', count > 0 ? 'due' : 'none_due', count);
  }

  @Get(':id')
  async show(@Place() place: PagePlace, @Param('id') id: string): Promise<string> {
    const details = await this.details.of(id);
    const { documentKind: kind, documentId, customerId } = details.record;
    const loaded = await this.host.load({ kind, id: documentId, customerId });
    return DocumentPage({ place, details, loaded });
  }

  @Post(':id/retry')
  @SeeOther()
  async retryOne(@Place() place: PagePlace, @Param('id') id: string) {
    await this.sync.retry(id);
    return place.afterwards(`documents/${encodeURIComponent(id)}`, 'due', 1);
  }
}
