import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Clock, type Subscription, SubscriptionService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { IdPipe } from '../input/id.pipe.js';
import { toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { toPlanObject } from '../plan/plan.serializer.js';
import {
  SubscriptionBody,
  SubscriptionListInput,
  toSubscriptionFilter,
  toSubscriptionInput,
} from './subscription.input.js';
import { toSubscriptionObject } from './subscription.serializer.js';

@LagoController('subscriptions')
export class SubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  async create(@BodyOf('subscription') body: SubscriptionBody) {
    return this.show(await this.subscriptions.create(toSubscriptionInput(body)));
  }

  @Delete(':external_id')
  async terminate(@Param('external_id', new IdPipe('subscription')) externalId: string) {
    return this.show(await this.subscriptions.terminate(externalId));
  }

  @Get()
  async list(@QueryOf() query: SubscriptionListInput) {
    const page = await this.subscriptions.list(toSubscriptionFilter(query), toPageRequest(query));
    const now = this.clock.now();
    return {
      subscriptions: page.items.map((subscription) => toSubscriptionObject(subscription, now)),
      meta: toPageMeta(page),
    };
  }

  @Get(':external_id')
  async find(@Param('external_id', new IdPipe('subscription')) externalId: string) {
    return this.show(await this.subscriptions.find(externalId));
  }

  private show(subscription: Subscription) {
    const shown = toSubscriptionObject(subscription, this.clock.now());
    return { subscription: { ...shown, plan: toPlanObject(subscription.plan) } };
  }
}
