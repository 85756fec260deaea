import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import { AdminGuard } from '../api/index.js';
import { Metrics } from './metrics.js';

/** For Prometheus, which shows the host's key as `authorization: { credentials_file }` of its scrape configuration. */
@Controller('metrics')
@UseGuards(AdminGuard)
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  show(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.metrics.serve(request, response);
  }
}
