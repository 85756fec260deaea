import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsNotEmpty, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { IsDecimalText } from '../input/decimal-text.decorator.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** The price of one unit. */
class UnitPriceInput {
  /** Decimal in major units, as text or number. */
  @IsNotEmpty()
  @IsDecimalText()
  readonly amount: string | number;
}

class OptionalUnitPriceInput {
  @IsOptional()
  @IsDecimalText()
  readonly amount?: string | number | null;
}

/** So much for every unit: the only model that this billing has. */
const IsChargeModel = () => IsIn(['standard']);

/** A price for what a billable metric measures. */
export class ChargeBody {
  @Text()
  readonly billable_metric_id: string;

  @IsNotEmpty()
  @IsChargeModel()
  readonly charge_model: 'standard';

  @IsNotEmpty()
  @IsObject()
  @ValidateNested()
  @Type(() => UnitPriceInput)
  readonly properties: UnitPriceInput;

  @IsOptional()
  @IsBoolean()
  readonly pay_in_advance?: boolean | null;

  @IsOptional()
  @IsBoolean()
  readonly invoiceable?: boolean | null;

  @OptionalText()
  readonly invoice_display_name?: string | null;
}

/** An add-on that comes with every interval. */
export class FixedChargeBody {
  @Text()
  readonly add_on_id: string;

  @IsNotEmpty()
  @IsChargeModel()
  readonly charge_model: 'standard';

  /** Decimal, as text or number; none when absent. */
  @IsOptional()
  @IsDecimalText()
  readonly units?: string | number | null;

  /** The add-on's price when absent. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OptionalUnitPriceInput)
  readonly properties?: OptionalUnitPriceInput | null;

  @IsOptional()
  @IsBoolean()
  readonly pay_in_advance?: boolean | null;

  @OptionalText()
  readonly invoice_display_name?: string | null;
}
