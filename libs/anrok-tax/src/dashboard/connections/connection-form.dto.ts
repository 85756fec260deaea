import { IsOptional, IsString, Matches } from 'class-validator';
import { IsShortText } from '../../admin/text-fields.decorator.js';

export class RenameConnectionDto {
  @IsShortText('name') readonly name: string;
}

export class ExchangeKeyDto {
  @Matches(/^[\x21-\x7e]{1,500}$/, {
    message: 'the API key must be the key from Anrok, of 1 to 500 characters without spaces',
  })
  readonly apiKey: string;
}

export class DeleteConnectionFormDto {
  /** The connection's code, typed by whoever means it. */
  @IsOptional() @IsString() readonly typed?: string;
}
