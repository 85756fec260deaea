import { Body, Get, Param, Post, Query } from '@nestjs/common';
import {
  ListCoverageDto,
  ListMappingsDto,
  MappingKeyDto,
  toMappingKey,
  toMappingListRequest,
} from '../../admin/mapping.dto.js';
import { EVERY } from '../../mapping/item-mapping.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { ItemCoverageService } from '../../settings/item-coverage.service.js';
import { ItemMappingService } from '../../settings/item-mapping.service.js';
import { ProductNotAtAnrokError } from '../../settings/product-not-at-anrok.error.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { MapItemDto } from './mapping-form.dto.js';
import { MappingTablePage } from './mapping-table.page.js';
import { MappingsPage } from './mappings.page.js';

/** Which product at Anrok each item is: what is missing first, then what there is. */
@DashboardPage('connections/:code/mappings')
export class MappingsController {
  constructor(
    private readonly connections: ConnectionService,
    private readonly coverage: ItemCoverageService,
    private readonly mappings: ItemMappingService,
  ) {}

  @Get()
  async show(@Place() place: PagePlace, @Param('code') code: string, @Query() form: ListCoverageDto): Promise<string> {
    const { uncovered, ...request } = form;
    const [connection, blocked, page, mappings] = await Promise.all([
      this.connections.byCode(code),
      this.coverage.blocked(code),
      this.coverage.page(code, { ...request, uncovered: uncovered === 'true' }),
      this.mappings.list(code),
    ]);
    return MappingsPage({ place, connection, form, blocked, page, mappings });
  }

  @Post()
  @SeeOther()
  async map(@Place() place: PagePlace, @Param('code') code: string, @Body() form: MapItemDto) {
    const { productExternalId, check, query } = form;
    const key = toMappingKey(form);
    try {
      const checkProduct = check !== 'no';
      const { product, continuing } = await this.mappings.upsert(code, { ...key, productExternalId }, { checkProduct });
      const back = `connections/${code}/mappings${query ? `?${query}` : ''}`;
      return place.afterwards(back, product === 'known' ? 'mapped' : 'mapped_unchecked', continuing);
    } catch (error) {
      if (!(error instanceof ProductNotAtAnrokError)) throw error;
      const asked = new URLSearchParams({ externalId: productExternalId, itemType: form.itemType });
      if (key.itemId !== EVERY) asked.set('itemId', key.itemId);
      return place.afterwards(`connections/${code}/products?${asked.toString()}`, 'product_missing');
    }
  }

  @Get('table')
  async table(@Place() place: PagePlace, @Param('code') code: string, @Query() form: ListMappingsDto) {
    const connection = await this.connections.byCode(code);
    const page = await this.mappings.page(code, toMappingListRequest(form));
    return MappingTablePage({ place, connection, form, page });
  }

  @Post('remove')
  @SeeOther()
  async remove(@Place() place: PagePlace, @Param('code') code: string, @Body() which: MappingKeyDto) {
    await this.mappings.remove(code, toMappingKey(which));
    return place.afterwards(`connections/${code}/mappings/table`, 'unmapped');
  }
}
