import { IsIn, IsNotEmpty } from 'class-validator';
import { type Aggregation, AGGREGATIONS, type BillableMetricInput } from '../../billing/index.js';
import { IfGiven } from '../input/if-given.decorator.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** `count_agg`, and so on. */
export type WireAggregation = `${Aggregation}_agg`;

const WIRE_AGGREGATIONS = AGGREGATIONS.map(toWireAggregation);

export function toWireAggregation(aggregation: Aggregation): WireAggregation {
  return `${aggregation}_agg`;
}

/** `POST /billable_metrics` */
export class BillableMetricBody {
  @Text()
  readonly code: string;

  @Text()
  readonly name: string;

  @IsNotEmpty()
  @IsIn(WIRE_AGGREGATIONS)
  readonly aggregation_type: WireAggregation;

  @OptionalText()
  readonly field_name?: string | null;

  @OptionalText(10_000)
  readonly description?: string | null;
}

/** `PUT /billable_metrics/:code`: what is absent stays as it is. */
export class BillableMetricChanges {
  @IfGiven()
  @Text()
  readonly code?: string;

  @IfGiven()
  @Text()
  readonly name?: string;

  @IfGiven()
  @IsIn(WIRE_AGGREGATIONS)
  readonly aggregation_type?: WireAggregation;

  @OptionalText()
  readonly field_name?: string | null;

  @OptionalText(10_000)
  readonly description?: string | null;
}

/** The caller's words as billing's. Absent stays absent, null stays null. */
export function toBillableMetricInput(body: BillableMetricBody): BillableMetricInput;
export function toBillableMetricInput(body: BillableMetricChanges): Partial<BillableMetricInput>;
export function toBillableMetricInput(body: BillableMetricChanges): Partial<BillableMetricInput> {
  return {
    code: body.code,
    name: body.name,
    aggregation: AGGREGATIONS.find((aggregation) => toWireAggregation(aggregation) === body.aggregation_type),
    fieldName: body.field_name,
    description: body.description,
  };
}
