import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { ResyncPlan } from '../resync/plan-tally.js';
import { ResyncService } from '../resync/resync.service.js';
import { AdminApi } from './admin-api.decorator.js';
import { ResyncFilterDto, toRunView } from './resync.dto.js';

/** Bringing everything to Anrok that is not there, or not as it is. */
@AdminApi('resyncs')
export class ResyncsController {
  constructor(private readonly resync: ResyncService) {}

  @Get()
  @ApiOperation({ summary: 'The resyncs, the latest first.' })
  async list() {
    return { resyncs: (await this.resync.list()).map(toRunView) };
  }

  /** The dry run. */
  @Post('plan')
  @ApiOperation({ summary: 'The dry run: what a resync would do, in how many calls and how long.' })
  @HttpCode(200)
  plan(@Body() filter: ResyncFilterDto): Promise<ResyncPlan> {
    return this.resync.plan(filter);
  }

  @Post()
  @ApiOperation({ summary: 'Starts a resync.' })
  @HttpCode(202)
  async start(@Body() filter: ResyncFilterDto) {
    return toRunView(await this.resync.start(filter, { requestedBy: 'admin' }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far it is.' })
  async show(@Param('id') id: string) {
    return toRunView(await this.resync.progress(id));
  }

  @Post(':id/cancel')
  @ApiOperation({ summary: 'Ends it.' })
  @HttpCode(202)
  async cancel(@Param('id') id: string) {
    return toRunView(await this.resync.cancel(id));
  }
}
