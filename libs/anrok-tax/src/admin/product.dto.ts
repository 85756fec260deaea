import { Type } from 'class-transformer';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';

const CATEGORY = 'taxCategory must be the id of a tax category, as the list of tax categories has it';

class TaxCategoryDto {
  @IsIn(['standard', 'custom'], { message: 'taxCategory.type must be standard or custom' })
  readonly type: 'standard' | 'custom';
  @IsString({ message: CATEGORY })
  @IsNotEmpty({ message: CATEGORY })
  @MaxLength(255, { message: CATEGORY })
  readonly id: string;
}

/** What an external id may be is for Anrok to say. */
export class CreateProductDto {
  @IsString({ message: 'externalId must be a text' })
  @IsNotEmpty({ message: 'externalId must not be empty' })
  @MaxLength(255, { message: 'externalId must have at most 255 characters' })
  readonly externalId: string;
  @IsString({ message: 'name must be a text' })
  @IsNotEmpty({ message: 'name must not be empty' })
  @MaxLength(255, { message: 'name must have at most 255 characters' })
  readonly name: string;
  @IsOptional()
  @IsString({ message: 'description must be a text' })
  @MaxLength(2000, { message: 'description must have at most 2000 characters' })
  readonly description?: string;
  @IsNotEmpty({ message: CATEGORY })
  @ValidateNested({ message: CATEGORY })
  @Type(() => TaxCategoryDto)
  readonly taxCategory: TaxCategoryDto;
}
