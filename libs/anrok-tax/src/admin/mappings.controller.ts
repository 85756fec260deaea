import type { IncomingMessage } from 'node:http';
import { Body, Delete, Get, HttpCode, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ItemMappingService } from '../settings/item-mapping.service.js';
import { MappingCsvService } from '../settings/mapping-csv.service.js';
import { AdminApi } from './admin-api.decorator.js';
import {
  ImportMappingsDto,
  ListMappingsDto,
  MappingKeyDto,
  PutMappingDto,
  toItemMapping,
  toMappingKey,
  toMappingListRequest,
  toMappingView,
} from './mapping.dto.js';
import { readText } from './request-text.js';

/** Which product at Anrok each item is. */
@AdminApi('connections/:code/mappings')
export class MappingsController {
  constructor(
    private readonly mappings: ItemMappingService,
    private readonly csv: MappingCsvService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Which product at Anrok each item is, page by page.' })
  async list(@Param('code') code: string, @Query() form: ListMappingsDto) {
    const { mappings, total, next } = await this.mappings.page(code, toMappingListRequest(form));
    return { mappings: mappings.map(toMappingView), total, next: next ?? null };
  }

  @Put()
  @ApiOperation({
    summary: 'Maps an item; a product that Anrok does not have is refused, unless `checkProduct` is false.',
  })
  async put(@Param('code') code: string, @Body() { checkProduct, ...body }: PutMappingDto) {
    const mapping = toItemMapping({ ...body, checkProduct });
    const { product, problem } = await this.mappings.upsert(code, mapping, { checkProduct });
    return { ...toMappingView(mapping), product, problem: problem ?? null };
  }

  @Delete()
  @ApiOperation({ summary: 'Deletes a mapping, and answers what is not mapped any more.' })
  async remove(@Param('code') code: string, @Query() which: MappingKeyDto) {
    await this.mappings.remove(code, toMappingKey(which));
    const { itemType, itemId } = which;
    return { itemType, ...(itemId !== undefined && { itemId }) };
  }

  @Get('export')
  @ApiOperation({ summary: 'All mappings as CSV.' })
  async export(@Param('code') code: string) {
    const file = Buffer.from(await this.csv.export(code));
    return new StreamableFile(file, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="mappings.csv"',
      length: file.length,
    });
  }

  @Post('import')
  @ApiOperation({ summary: 'Maps what a CSV file says, in UTF-8 and as it is exported: all lines or none.' })
  @HttpCode(200)
  async import(
    @Param('code') code: string,
    @Query() { dryRun, checkProducts }: ImportMappingsDto,
    @Req() request: IncomingMessage,
  ) {
    const options = { dryRun: dryRun === 'true', checkProducts: checkProducts === 'true' };
    const { problem, changes: _, ...done } = await this.csv.import(code, await readText(request), options);
    return { ...done, problem: problem ?? null };
  }
}
