import { Delete, Get, Param } from '@nestjs/common';
import { FeeService, type FeesShown } from '../../billing/index.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { toPageRequest } from '../input/page.input.js';
import { toFeeObject } from '../invoice/fee.serializer.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import { FeeListInput, toFeeFilter } from './fee-list.input.js';

@LagoController('fees')
export class FeeController {
  constructor(private readonly fees: FeeService) {}

  @Get()
  async list(@QueryOf() query: FeeListInput) {
    const page = await this.fees.list(toFeeFilter(query), toPageRequest(query));
    return { fees: page.items.map((fee) => toFeeObject(fee, page.subscriptions)), meta: toPageMeta(page) };
  }

  @Get(':lago_id')
  async find(@Param('lago_id') id: string) {
    return show(await this.fees.find(id));
  }

  @Delete(':lago_id')
  async remove(@Param('lago_id') id: string) {
    return show(await this.fees.remove(id));
  }
}

function show({ fees, subscriptions }: FeesShown) {
  return { fee: toFeeObject(fees[0]!, subscriptions) };
}
