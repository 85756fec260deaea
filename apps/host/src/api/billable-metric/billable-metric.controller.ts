import { Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { BillableMetricService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { IdPipe } from '../input/id.pipe.js';
import { PageInput, toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { BillableMetricBody, BillableMetricChanges, toBillableMetricInput } from './billable-metric.input.js';
import { toBillableMetricObject } from './billable-metric.serializer.js';

@LagoController('billable_metrics')
export class BillableMetricController {
  constructor(private readonly metrics: BillableMetricService) {}

  @Post()
  @HttpCode(200)
  async create(@BodyOf('billable_metric') body: BillableMetricBody) {
    return { billable_metric: toBillableMetricObject(await this.metrics.create(toBillableMetricInput(body))) };
  }

  @Put(':code')
  async update(
    @Param('code', new IdPipe('billable_metric')) code: string,
    @BodyOf('billable_metric') body: BillableMetricChanges,
  ) {
    return { billable_metric: toBillableMetricObject(await this.metrics.update(code, toBillableMetricInput(body))) };
  }

  @Delete(':code')
  async delete(@Param('code', new IdPipe('billable_metric')) code: string) {
    return { billable_metric: toBillableMetricObject(await this.metrics.delete(code)) };
  }

  @Get()
  async list(@QueryOf() query: PageInput) {
    const page = await this.metrics.list(toPageRequest(query));
    return { billable_metrics: page.items.map(toBillableMetricObject), meta: toPageMeta(page) };
  }

  @Get(':code')
  async find(@Param('code', new IdPipe('billable_metric')) code: string) {
    return { billable_metric: toBillableMetricObject(await this.metrics.find(code)) };
  }
}
