import type { TaxCalculation } from '@anrok-nest/tax';
import { Body, HttpCode, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { AnrokTaxStrategy } from '../strategy/anrok.tax-strategy.js';
import { AdminApi } from './admin-api.decorator.js';
import { EstimateDto } from './estimate.dto.js';

/** What would this document be taxed? Nothing is recorded. */
@AdminApi('estimates')
export class EstimatesController {
  constructor(private readonly strategy: AnrokTaxStrategy) {}

  @Post()
  @ApiOperation({ summary: 'What a document would be taxed; nothing is recorded.' })
  @HttpCode(200)
  estimate(@Body() document: EstimateDto): Promise<TaxCalculation> {
    return this.strategy.estimate(document);
  }
}
