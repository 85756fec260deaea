import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type ItemMapping, type MappingKey } from '../mapping/item-mapping.js';
import { readKey, writeKey } from '../mapping/mapping-notation.js';
import type { MappingListRequest } from '../settings/item-mapping.service.js';

const LIMIT = 'limit must be a whole number from 1 to 500';
const SEARCH = 'search must be a text of at most 255 characters';
const AFTER = 'after must be what a page gave as next';

/** `itemType: "fallback"` is the fallback; without `itemId`, all items of the type are meant. */
export class MappingKeyDto {
  @Matches(/^[A-Za-z0-9_.-]{1,64}$/, { message: 'itemType must be a kind of item such as add_on, or fallback' })
  readonly itemType: string;
  @IsOptional()
  @IsString({ message: 'itemId must be a text' })
  @IsNotEmpty({ message: 'itemId must not be empty; leave it out to map all items of the type' })
  @MaxLength(255, { message: 'itemId must have at most 255 characters' })
  @Matches(/^(?!\*$)[^\0]*$/, { message: 'itemId must not be "*"; leave it out to map all items of the type' })
  readonly itemId?: string;
}

export class PutMappingDto extends MappingKeyDto {
  @IsString({ message: 'productExternalId must be the id of a product at Anrok' })
  @IsNotEmpty({ message: 'productExternalId must not be empty' })
  @MaxLength(255, { message: 'productExternalId must have at most 255 characters' })
  readonly productExternalId: string;
  /** Whether Anrok is asked first if it has the product. */
  @IsBoolean({ message: 'checkProduct must be true or false' })
  readonly checkProduct: boolean = true;
}

class PageDto {
  @IsOptional()
  @Matches(/^[^\0]{0,255}$/, { message: SEARCH })
  readonly search?: string;
  @IsOptional()
  @Matches(/^[^\0]{0,1000}$/, { message: AFTER })
  readonly after?: string;
  @Type(() => Number)
  @IsInt({ message: LIMIT })
  @Min(1, { message: LIMIT })
  @Max(500, { message: LIMIT })
  readonly limit: number = 100;
}

export class ListMappingsDto extends PageDto {
  @IsOptional()
  @Matches(/^[^\0]{0,64}$/, { message: 'itemType must be a kind of item such as add_on, or fallback' })
  readonly itemType?: string;
}

export class ListCoverageDto extends PageDto {
  @IsOptional()
  @Matches(/^[^\0]{0,64}$/, { message: 'type must be a kind of item such as add_on' })
  readonly type?: string;
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'uncovered must be true or false' })
  readonly uncovered?: 'true' | 'false';
}

export class ImportMappingsDto {
  @IsIn(['true', 'false'], { message: 'dryRun must be true or false' })
  readonly dryRun: 'true' | 'false' = 'false';
  @IsIn(['true', 'false'], { message: 'checkProducts must be true or false' })
  readonly checkProducts: 'true' | 'false' = 'true';
}

export function toItemMapping({ productExternalId, ...key }: PutMappingDto): ItemMapping {
  return { ...toMappingKey(key), productExternalId };
}

export function toMappingKey({ itemType, itemId }: MappingKeyDto): MappingKey {
  return readKey({ itemType, ...(itemId !== undefined && { itemId }) });
}

export function toMappingListRequest({ itemType, ...request }: ListMappingsDto): MappingListRequest {
  return { ...request, ...(itemType !== undefined && { itemType: toMappingKey({ itemType }).itemType }) };
}

export function toMappingView(mapping: ItemMapping) {
  return { ...writeKey(mapping), productExternalId: mapping.productExternalId };
}
