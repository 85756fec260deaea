import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import { Text } from '../input/text.decorator.js';

const WORDS = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
]);

/** `GET /customers/:external_id/current_usage` */
export class CurrentUsageInput {
  @Text()
  readonly external_subscription_id: string;

  /** True when absent. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => WORDS.get(value) ?? value)
  @IsBoolean()
  readonly apply_taxes?: boolean;
}
