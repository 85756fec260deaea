import type { IsoDate } from '@anrok-nest/tax';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBase64,
  IsBoolean,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { CertificateStatus, NewCertificate, NewCertificateJurisdiction } from '../exemptions/certificate.js';
import { IsDay, IsShortText } from './text-fields.decorator.js';

const STATUSES = ['active', 'expiringSoon', 'expired', 'archived'] as const;
/** 10 MB; how large a request may be at all is the host's to say. */
const MOST_BASE64 = 14_000_000;
const FILE = 'file.contents must be the file in Base64, of 10 MB at most';

export class ListCertificatesDto {
  @IsOptional()
  @IsIn(STATUSES, { message: `status must be one of ${STATUSES.join(', ')}` })
  readonly status?: CertificateStatus;
}

export class CertificateFileDto {
  /** Its ending says what it is: `certificate.pdf`. */
  @Matches(/^[^\p{Cc}/\\]{1,255}$/u, { message: 'file.name must be the name of a file, without folders' })
  readonly name: string;
  @IsString({ message: FILE })
  @IsNotEmpty({ message: FILE })
  @MaxLength(MOST_BASE64, { message: FILE })
  @IsBase64({}, { message: FILE })
  readonly contents: string;
}

export class CertificateJurisdictionDto implements NewCertificateJurisdiction {
  @Matches(/^us-[A-Z]{2}$/, { message: 'jurisdictions.id must be a US state or territory such as us-MA' })
  readonly id: `us-${string}`;
  @IsOptional() @IsShortText('registrationId') readonly registrationId?: string;
  @IsOptional() @IsDay('expiresOn') readonly expiresOn?: IsoDate;
  @IsOptional() @IsString() @MaxLength(2_000) readonly notes?: string;
}

export class CreateCertificateDto {
  @IsNotEmpty() @ValidateNested() @Type(() => CertificateFileDto) readonly file: CertificateFileDto;
  @IsDay('effectiveFrom') readonly effectiveFrom: IsoDate;
  @IsArray()
  @ArrayMinSize(1, { message: 'jurisdictions must have at least one' })
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CertificateJurisdictionDto)
  readonly jurisdictions: CertificateJurisdictionDto[];
  @IsOptional() @IsShortText('customerName') readonly customerName?: string;
  @IsOptional() @IsShortText('exemptionNumber') readonly exemptionNumber?: string;
  @IsOptional() @IsString() @MaxLength(2_000) readonly notes?: string;
}

export class RequestCertificateDto {
  @IsEmail({}, { message: 'emailAddress must be an e-mail address' }) @MaxLength(255) readonly emailAddress: string;
  @IsOptional() @IsShortText('customerName') readonly customerName?: string;
  /** Otherwise hand over the link yourself. */
  @IsBoolean() readonly sendEmail: boolean = true;
}

export function toNewCertificate(customerId: string, { file, ...certificate }: CreateCertificateDto): NewCertificate {
  return { ...certificate, customerId, file: { name: file.name, contents: Buffer.from(file.contents, 'base64') } };
}
