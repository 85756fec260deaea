import { Get, Param } from '@nestjs/common';
import { CurrentUsageService } from '../../billing/index.js';
import { IdPipe } from '../input/id.pipe.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { CurrentUsageInput } from './current-usage.input.js';
import { toCustomerUsageObject } from './current-usage.serializer.js';

@LagoController('customers/:external_id/current_usage')
export class CurrentUsageController {
  constructor(private readonly usage: CurrentUsageService) {}

  @Get()
  async find(
    @Param('external_id', new IdPipe('customer')) customerId: string,
    @QueryOf() { external_subscription_id, apply_taxes }: CurrentUsageInput,
  ) {
    const usage = await this.usage.find(customerId, external_subscription_id, apply_taxes ?? true);
    return { customer_usage: toCustomerUsageObject(usage) };
  }
}
