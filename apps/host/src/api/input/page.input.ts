import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { PageRequest } from '../../billing/index.js';

/** What a query holds is text. */
const toNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
);

/** Which page of a list: 100 entries on the first, unless the caller says otherwise. */
export class PageInput {
  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  readonly page?: number;

  @IsOptional()
  @toNumber
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly per_page?: number;
}

export function toPageRequest(input: PageInput): PageRequest {
  return { page: input.page ?? 1, perPage: input.per_page ?? 100 };
}
