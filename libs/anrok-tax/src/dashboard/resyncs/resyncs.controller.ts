import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { ResyncService } from '../../resync/resync.service.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { ResyncFormDto, StartResyncDto, toResyncFilter } from './resync-form.dto.js';
import { ResyncPlanPage } from './resync-plan.page.js';
import { ResyncPage } from './resync.page.js';
import { ResyncsPage } from './resyncs.page.js';

/** Bringing everything to Anrok that is not there, or not as it is: what it would do, how far it is, what came of it. */
@DashboardPage('resyncs')
export class ResyncsController {
  constructor(
    private readonly resync: ResyncService,
    private readonly connections: ConnectionService,
  ) {}

  @Get()
  async list(@Place() place: PagePlace): Promise<string> {
    const [runs, connections] = await Promise.all([this.resync.list(), this.connections.list()]);
    return ResyncsPage({ place, runs, connections });
  }

  /** The dry run. */
  @Get('plan')
  async plan(@Place() place: PagePlace, @Query() form: ResyncFormDto): Promise<string> {
    return ResyncPlanPage({ place, form, plan: await this.resync.plan(toResyncFilter(form)) });
  }

  @Post()
  @SeeOther()
  async start(@Place() place: PagePlace, @Body() form: StartResyncDto) {
    const run = await this.resync.start(toResyncFilter(form), {
      requestedBy: 'dashboard',
      ...(form.total !== undefined && { total: form.total }),
    });
    return place.afterwards(`resyncs/${run.id}`, 'resync_started');
  }

  @Get(':id')
  async show(@Place() place: PagePlace, @Param('id') id: string): Promise<string> {
    return ResyncPage({ place, run: await this.resync.progress(id) });
  }

  @Post(':id/cancel')
  @SeeOther()
  async cancel(@Place() place: PagePlace, @Param('id') id: string) {
    const run = await this.resync.cancel(id);
    return place.afterwards(`resyncs/${run.id}`, 'resync_cancelled');
  }
}
