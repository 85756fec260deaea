import { IsIn, IsOptional } from 'class-validator';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../billing/index.js';
import { PageInput } from '../input/page.input.js';

/** `GET /webhooks` */
export class WebhookListInput extends PageInput {
  @IsOptional()
  @IsIn(DELIVERY_STATUSES)
  readonly status?: DeliveryStatus;
}
