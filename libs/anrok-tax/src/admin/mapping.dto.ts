import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { EVERY, type ItemMapping } from '../mapping/item-mapping.js';

/** `itemType: "fallback"` is the fallback; without `itemId`, all items of the type are meant. */
export class PutMappingDto {
  @Matches(/^[A-Za-z0-9_.-]{1,64}$/, { message: 'itemType must be a kind of item such as add_on, or fallback' })
  readonly itemType: string;
  @IsOptional()
  @IsString({ message: 'itemId must be a text' })
  @IsNotEmpty({ message: 'itemId must not be empty; leave it out to map all items of the type' })
  @MaxLength(255, { message: 'itemId must have at most 255 characters' })
  @Matches(/^(?!\*$)/, { message: 'itemId must not be "*"; leave it out to map all items of the type' })
  readonly itemId?: string;
  @IsString({ message: 'productExternalId must be the id of a product at Anrok' })
  @IsNotEmpty({ message: 'productExternalId must not be empty' })
  @MaxLength(255, { message: 'productExternalId must have at most 255 characters' })
  readonly productExternalId: string;
}

const FALLBACK = 'fallback';

export function toItemMapping({ itemType, itemId, productExternalId }: PutMappingDto): ItemMapping {
  return itemType === FALLBACK
    ? { itemType: EVERY, itemId: EVERY, productExternalId }
    : { itemType, itemId: itemId ?? EVERY, productExternalId };
}

export function toMappingView({ itemType, itemId, productExternalId }: ItemMapping) {
  if (itemType === EVERY) return { itemType: FALLBACK, productExternalId };
  return { itemType, ...(itemId !== EVERY && { itemId }), productExternalId };
}
