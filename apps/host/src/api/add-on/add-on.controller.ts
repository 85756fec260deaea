import { Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { AddOnService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { IdPipe } from '../input/id.pipe.js';
import { PageInput, toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { AddOnBody, AddOnChanges, toAddOnInput } from './add-on.input.js';
import { toAddOnObject } from './add-on.serializer.js';

@LagoController('add_ons')
export class AddOnController {
  constructor(private readonly addOns: AddOnService) {}

  @Post()
  @HttpCode(200)
  async create(@BodyOf('add_on') body: AddOnBody) {
    return { add_on: toAddOnObject(await this.addOns.create(toAddOnInput(body))) };
  }

  @Put(':code')
  async update(@Param('code', new IdPipe('add_on')) code: string, @BodyOf('add_on') body: AddOnChanges) {
    return { add_on: toAddOnObject(await this.addOns.update(code, toAddOnInput(body))) };
  }

  @Get()
  async list(@QueryOf() query: PageInput) {
    const page = await this.addOns.list(toPageRequest(query));
    return { add_ons: page.items.map(toAddOnObject), meta: toPageMeta(page) };
  }

  @Get(':code')
  async find(@Param('code', new IdPipe('add_on')) code: string) {
    return { add_on: toAddOnObject(await this.addOns.find(code)) };
  }
}
