import { Body, HttpCode, Post } from '@nestjs/common';
import { FeeEstimateService, UsageEventService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toFeeEstimateObject } from './fee-estimate.serializer.js';
import {
  EventToEstimateBody,
  toEventToEstimate,
  toUsageEventInput,
  UsageEventBatchBody,
  UsageEventBody,
} from './usage-event.input.js';
import { toUsageEventObject } from './usage-event.serializer.js';

@LagoController('events')
export class UsageEventController {
  constructor(
    private readonly events: UsageEventService,
    private readonly estimates: FeeEstimateService,
  ) {}

  @Post()
  @HttpCode(200)
  async record(@BodyOf('event') body: UsageEventBody) {
    return { event: toUsageEventObject(await this.events.record(toUsageEventInput(body))) };
  }

  @Post('batch')
  @HttpCode(200)
  async recordAll(@Body() { events }: UsageEventBatchBody) {
    const recorded = await this.events.recordAll(events.map(toUsageEventInput));
    return { events: recorded.map(toUsageEventObject) };
  }

  @Post('estimate_fees')
  @HttpCode(200)
  async estimateFees(@BodyOf('event') body: EventToEstimateBody) {
    const { fees, subscriptions } = await this.estimates.estimate(toEventToEstimate(body));
    return { fees: fees.map((fee) => toFeeEstimateObject(fee, subscriptions)) };
  }
}
