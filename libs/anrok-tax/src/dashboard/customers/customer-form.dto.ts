import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import type { NewCertificate } from '../../exemptions/certificate.js';
import { IsDay, IsShortText } from '../../admin/text-fields.decorator.js';
import type { FormFile } from '../shell/multipart-form.interceptor.js';

/** People list things with commas, spaces and line breaks. */
const List = (write: (entry: string) => string = (entry) => entry) =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(/[,;\s]+/)
          .filter(Boolean)
          .map(write)
      : value,
  );

export class TaxIdFormDto {
  /** In place of those that the host has. */
  @IsOptional()
  @List()
  @IsArray()
  @ArrayMaxSize(20, { message: 'enter 20 tax ids at most' })
  @IsShortText('a tax id', { each: true })
  readonly taxIds?: string[];
}

export class AddCertificateDto {
  @IsDay('the first day') readonly effectiveFrom: string;
  /** `MA`, `us-MA`: all the same. */
  @List((entry) => `us-${entry.toUpperCase().replace(/^US-/, '')}`)
  @IsArray({ message: 'name one state at least, such as MA' })
  @ArrayMinSize(1, { message: 'name one state at least, such as MA' })
  @ArrayMaxSize(100)
  @Matches(/^us-[A-Z]{2}$/, { each: true, message: 'states must be of the United States, such as MA, NY' })
  readonly states: `us-${string}`[];
  /** In all of the states. */
  @IsOptional() @IsDay('the last day') readonly expiresOn?: string;
  @IsOptional() @IsShortText('the exemption number') readonly exemptionNumber?: string;
  @IsOptional() @IsString() @MaxLength(2_000) readonly notes?: string;
}

export class RequestCertificateFormDto {
  @IsEmail({}, { message: 'enter an e-mail address' }) @MaxLength(255) readonly emailAddress: string;
}

export function toNewCertificate(
  customer: { readonly id: string; readonly name?: string },
  { states, expiresOn, ...rest }: AddCertificateDto,
  { name, contents }: FormFile,
): NewCertificate {
  return {
    ...rest,
    customerId: customer.id,
    ...(customer.name !== undefined && { customerName: customer.name }),
    file: { name, contents },
    jurisdictions: [...new Set(states)].map((id) => ({ id, ...(expiresOn !== undefined && { expiresOn }) })),
  };
}
