import { Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { type ItemCoverage, ItemCoverageService } from '../settings/item-coverage.service.js';
import { AdminApi } from './admin-api.decorator.js';
import { ListCoverageDto } from './mapping.dto.js';

/** Which items have a product at Anrok. */
@AdminApi('connections/:code/coverage')
export class CoverageController {
  constructor(private readonly coverage: ItemCoverageService) {}

  @Get()
  @ApiOperation({ summary: 'What the host sells, and which product at Anrok each item finds.' })
  async list(@Param('code') code: string, @Query() { uncovered, ...request }: ListCoverageDto) {
    const { items, next } = await this.coverage.page(code, { ...request, uncovered: uncovered === 'true' });
    return { items: items.map(toCoverageView), next: next ?? null };
  }

  @Get('blocking')
  @ApiOperation({ summary: 'The items that documents wait for.' })
  async blocking(@Param('code') code: string) {
    return { items: (await this.coverage.blocked(code)).map(toCoverageView) };
  }
}

function toCoverageView({ item, name, product, waitingDocuments }: ItemCoverage) {
  return {
    itemType: item.type,
    itemId: item.id,
    name,
    productExternalId: product?.productExternalId ?? null,
    through: product?.through ?? null,
    waitingDocuments,
  };
}
