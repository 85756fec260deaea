import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsNotEmpty, IsObject, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import type { UsageEventInput } from '../../billing/index.js';
import { IsTimestamp, toTimestamp } from '../input/moment.js';
import { isStorable, Text } from '../input/text.decorator.js';

/** What can be aggregated: named texts, numbers and the like, one level deep. */
const AreProperties = (): PropertyDecorator =>
  ValidateBy({
    name: 'areProperties',
    validator: {
      validate: (value) =>
        Object.entries(value as object).every(([name, part]) => isStorable(name) && isPlain(part as unknown)),
    },
  });

function isPlain(value: unknown): boolean {
  return typeof value === 'string' ? isStorable(value) : typeof value !== 'object' || value === null;
}

/** `POST /events/estimate_fees` */
export class EventToEstimateBody {
  @Text()
  readonly external_subscription_id: string;

  @Text()
  readonly code: string;

  @IsOptional()
  @IsObject()
  @AreProperties()
  readonly properties?: Record<string, unknown> | null;
}

/** `POST /events` */
export class UsageEventBody extends EventToEstimateBody {
  @Text()
  readonly transaction_id: string;

  /** Seconds since 1970, as number or text, or ISO 8601; now when absent. */
  @IsOptional()
  @IsTimestamp()
  readonly timestamp?: number | string | null;
}

const MOST_EVENTS = 100;

/** `POST /events/batch` */
export class UsageEventBatchBody {
  @IsNotEmpty()
  @IsArray()
  @ArrayMaxSize(MOST_EVENTS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => UsageEventBody)
  readonly events: readonly UsageEventBody[];
}

export function toUsageEventInput(body: UsageEventBody): UsageEventInput {
  return {
    ...toEventToEstimate(body),
    transactionId: body.transaction_id,
    timestamp: toTimestamp(body.timestamp),
  };
}

export function toEventToEstimate({ external_subscription_id, code, properties }: EventToEstimateBody) {
  return { subscriptionId: external_subscription_id, code, properties };
}
