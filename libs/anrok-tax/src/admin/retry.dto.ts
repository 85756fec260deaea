import type { TaxDocumentKind } from '@anrok-nest/tax';
import { IsIn, IsOptional, IsString } from 'class-validator';
import type { RetryFilter } from '../requests/retry-all.js';

export const DOCUMENT_KINDS = ['invoice', 'credit_note', 'fee'] as const;

/** Which of the documents that have no tax; what is absent does not narrow. */
export class RetryFilterDto implements RetryFilter {
  @IsOptional() @IsString() readonly connectionCode?: string;
  @IsOptional() @IsString() readonly problemCode?: string;
  @IsOptional() @IsIn(DOCUMENT_KINDS) readonly kind?: TaxDocumentKind;
  @IsOptional() @IsString() readonly customerId?: string;
}
