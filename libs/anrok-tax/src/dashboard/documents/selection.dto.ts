import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** The documents that were ticked: none, one or several fields of the same name. */
export class SelectionDto {
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value : [value]))
  @IsUUID('all', { each: true, message: 'ids must be of documents on this page' })
  @ArrayMaxSize(500)
  readonly ids: string[] = [];
  /** Of the list, to come back to it. */
  @IsOptional() @IsString() @MaxLength(4_000) readonly query?: string;
}
