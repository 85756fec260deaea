import type { IsoDate, TaxDocumentKind } from '@anrok-nest/tax';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { RecordFilter } from '../records/record-filter.js';
import { SYNC_STATUSES, type SyncStatus } from '../records/tax-sync-record.entity.js';
import type { RecordPageRequest } from '../records/tax-sync.read-model.js';
import { DOCUMENT_KINDS } from './document.dto.js';
import { IsDay, IsShortText } from './text-fields.decorator.js';

const STATUS = `status must be of ${SYNC_STATUSES.join(', ')}`;
const LIMIT = 'limit must be a whole number from 1 to 500';

/** Which documents; what is absent does not narrow. */
export class RecordFilterDto {
  /** One, a list, or several with commas. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray({ message: STATUS })
  @IsIn(SYNC_STATUSES, { each: true, message: STATUS })
  readonly status?: SyncStatus[];
  @IsOptional() @IsShortText('connectionCode') readonly connectionCode?: string;
  @IsOptional() @IsShortText('problemCode') readonly problemCode?: string;
  @IsOptional() @IsIn(DOCUMENT_KINDS) readonly kind?: TaxDocumentKind;
  @IsOptional() @IsShortText('customerId') readonly customerId?: string;
  @IsOptional() @IsShortText('documentId') readonly documentId?: string;
  @IsOptional() @IsDay('requestedFrom') readonly requestedFrom?: IsoDate;
  @IsOptional() @IsDay('requestedTo') readonly requestedTo?: IsoDate;
}

export class ListRecordsDto extends RecordFilterDto {
  @IsOptional() @IsString() @MaxLength(200) readonly after?: string;
  @Type(() => Number)
  @IsInt({ message: LIMIT })
  @Min(1, { message: LIMIT })
  @Max(500, { message: LIMIT })
  readonly limit: number = 50;
}

export function toRecordFilter({ status, ...filter }: RecordFilterDto): RecordFilter {
  return { ...filter, ...(status && { statuses: status }) };
}

export function toPageRequest({ after, limit, ...filter }: ListRecordsDto): RecordPageRequest {
  return { ...toRecordFilter(filter), limit, ...(after !== undefined && { after }) };
}
