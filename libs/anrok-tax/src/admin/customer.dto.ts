import type { Address } from '@anrok-nest/tax';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsShortText } from './text-fields.decorator.js';

const LIMIT = 'limit must be a whole number from 1 to 200';

export class ListCustomersDto {
  /** Part of an id, or of a name where the host shows its customers. */
  @IsOptional() @IsShortText('search') readonly search?: string;
  @IsOptional() @IsShortText('after') readonly after?: string;
  @Type(() => Number)
  @IsInt({ message: LIMIT })
  @Min(1, { message: LIMIT })
  @Max(200, { message: LIMIT })
  readonly limit: number = 50;
}

export class ListCustomerLinksDto extends ListCustomersDto {
  @IsOptional() @IsShortText('connectionCode') readonly connectionCode?: string;
}

export class PutCustomerLinkDto {
  @IsShortText('connectionCode') readonly connectionCode: string;
  /** An existing customer at Anrok. Without it, Anrok creates the customer under the host's id. */
  @IsOptional() @IsShortText('anrokCustomerId') readonly anrokCustomerId?: string;
}

export class AddressDto implements Address {
  @IsOptional() @IsString() @MaxLength(255) readonly line1?: string;
  @IsOptional() @IsString() @MaxLength(255) readonly line2?: string;
  @IsOptional() @IsString() @MaxLength(255) readonly city?: string;
  @IsOptional() @IsString() @MaxLength(255) readonly region?: string;
  @IsOptional() @IsString() @MaxLength(255) readonly postalCode?: string;
  @IsOptional() @IsString() @MaxLength(255) readonly country?: string;
}

/** What is absent is as the host has it. With an address, the host need not know the customer. */
export class ValidateTaxIdsDto {
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsShortText('taxIds', { each: true }) readonly taxIds?: string[];
  @IsOptional() @ValidateNested() @Type(() => AddressDto) readonly address?: AddressDto;
}
