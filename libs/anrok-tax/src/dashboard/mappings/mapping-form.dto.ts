import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { MappingKeyDto } from '../../admin/mapping.dto.js';
import { IsShortText } from '../../admin/text-fields.decorator.js';

/** People paste ids with spaces around them. */
const Trimmed = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

export class MapItemDto extends MappingKeyDto {
  @Trimmed() @IsShortText('the product id') readonly productExternalId: string;
  /** Of the page that it was sent from, to go back there. */
  @IsOptional() @IsString() readonly query?: string;
  /** `no`: mapped although Anrok does not have the product, or has not been asked. */
  @IsOptional() @IsIn(['no']) readonly check?: 'no';
}

export class LookUpProductDto {
  @IsOptional() @Trimmed() @IsShortText('the product id') readonly externalId?: string;
  /** What is to be mapped to it, once it is there. */
  @IsOptional() @IsShortText('itemType') readonly itemType?: string;
  @IsOptional() @IsShortText('itemId') readonly itemId?: string;
}

export class CreateProductFormDto {
  @Trimmed() @IsShortText('the product id') readonly externalId: string;
  @IsShortText('the name') readonly name: string;
  @IsOptional() @IsShortText('the description') readonly description?: string;
  /** Type and id, such as `standard:saas`. */
  @Matches(/^[^:\p{Cc}]{1,64}:\P{Cc}{1,255}$/u, { message: 'choose a tax category' })
  readonly taxCategory: string;
  /** What is mapped to it then. */
  @IsOptional() @IsShortText('itemType') readonly itemType?: string;
  @IsOptional() @IsShortText('itemId') readonly itemId?: string;
}

/** The file itself comes beside it, or in here as text. */
export class ImportFormDto {
  @IsOptional() @IsString() readonly csv?: string;
  @IsOptional() @IsIn(['no']) readonly check?: 'no';
}
