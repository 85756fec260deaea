import type { TaxDocumentKind, TaxDocumentReference } from '@anrok-nest/tax';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsNotEmpty, IsOptional, IsString, ValidateNested } from 'class-validator';
import { RESYNC_STATUSES, type ResyncFilter, type ResyncStatus } from '../resync/resync-filter.js';
import type { ResyncRun } from '../resync/resync-run.entity.js';
import { DOCUMENT_KINDS } from './document.dto.js';

class DocumentDto implements TaxDocumentReference {
  @IsIn(DOCUMENT_KINDS) readonly kind: TaxDocumentKind;
  @IsString() @IsNotEmpty() readonly id: string;
  @IsString() @IsNotEmpty() readonly customerId: string;
}

/** Which documents; what is absent does not narrow. What is beyond the types, the resync checks. */
export class ResyncFilterDto implements ResyncFilter {
  @IsOptional() @IsString() readonly connection?: string;
  @IsOptional() @IsIn(RESYNC_STATUSES, { each: true }) @IsArray() readonly statuses?: ResyncStatus[];
  @IsOptional() @IsString({ each: true }) @IsArray() readonly problemCodes?: string[];
  @IsOptional() @IsIn(DOCUMENT_KINDS, { each: true }) @IsArray() readonly kinds?: TaxDocumentKind[];
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => DocumentDto) readonly documents?: DocumentDto[];
  @IsOptional() @IsString() readonly from?: string;
  @IsOptional() @IsString() readonly to?: string;
}

export function toRunView(run: ResyncRun) {
  const { id, status, filter, requestedBy, total, done, synced, unchanged, failing, problem, startedAt, finishedAt } =
    run;
  return {
    id,
    status,
    filter,
    requestedBy,
    total: total ?? null,
    done,
    synced,
    unchanged,
    failing,
    problem: problem ?? null,
    startedAt,
    finishedAt: finishedAt ?? null,
  };
}
