import type { TaxDocumentKind } from '@anrok-nest/tax';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { DOCUMENT_KINDS } from '../../admin/document.dto.js';
import { IsDay, IsShortText } from '../../admin/text-fields.decorator.js';
import { RESYNC_STATUSES, type ResyncFilter, type ResyncStatus } from '../../resync/resync-filter.js';

/** Which documents, as a form says it. What is absent does not narrow. */
export class ResyncFormDto {
  @IsOptional() @IsShortText('connection') readonly connection?: string;
  /** One, several fields of the name, or several with commas. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @IsIn(RESYNC_STATUSES, { each: true, message: `statuses must be of ${RESYNC_STATUSES.join(', ')}` })
  readonly statuses?: ResyncStatus[];
  @IsOptional() @IsIn(DOCUMENT_KINDS) readonly kind?: TaxDocumentKind;
  @IsOptional() @IsShortText('problemCode') readonly problemCode?: string;
  @IsOptional() @IsDay('from') readonly from?: string;
  @IsOptional() @IsDay('to') readonly to?: string;
}

export class StartResyncDto extends ResyncFormDto {
  /** Documents that the dry run counted. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) readonly total?: number;
}

export function toResyncFilter({ connection, statuses, kind, problemCode, from, to }: ResyncFormDto): ResyncFilter {
  return {
    ...(connection !== undefined && { connection }),
    ...(statuses !== undefined && { statuses }),
    ...(kind !== undefined && { kinds: [kind] }),
    ...(problemCode !== undefined && { problemCodes: [problemCode] }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}
