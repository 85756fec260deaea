import { Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { PlanService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { IdPipe } from '../input/id.pipe.js';
import { PageInput, toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { PlanBody, PlanChanges, toPlanInput } from './plan.input.js';
import { toPlanObject } from './plan.serializer.js';

@LagoController('plans')
export class PlanController {
  constructor(private readonly plans: PlanService) {}

  @Post()
  @HttpCode(200)
  async create(@BodyOf('plan') body: PlanBody) {
    return { plan: toPlanObject(await this.plans.create(toPlanInput(body))) };
  }

  @Put(':code')
  async update(@Param('code', new IdPipe('plan')) code: string, @BodyOf('plan') body: PlanChanges) {
    return { plan: toPlanObject(await this.plans.update(code, toPlanInput(body))) };
  }

  @Delete(':code')
  async delete(@Param('code', new IdPipe('plan')) code: string) {
    return { plan: toPlanObject(await this.plans.delete(code)) };
  }

  @Get()
  async list(@QueryOf() query: PageInput) {
    const page = await this.plans.list(toPageRequest(query));
    return { plans: page.items.map(toPlanObject), meta: toPageMeta(page) };
  }

  @Get(':code')
  async find(@Param('code', new IdPipe('plan')) code: string) {
    return { plan: toPlanObject(await this.plans.find(code)) };
  }
}
