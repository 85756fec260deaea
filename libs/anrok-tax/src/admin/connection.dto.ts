import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import type { Connection } from '../connection/connection.entity.js';

const NAME = 'name must be a text of 1 to 255 characters';
const API_KEY = 'apiKey must be the key from Anrok, of 1 to 500 characters without spaces';

export class CreateConnectionDto {
  @Matches(/^[a-z0-9][a-z0-9_-]{0,63}$/, {
    message: 'code must be 1 to 64 small letters, digits, dashes or underscores, such as anrok-eu',
  })
  readonly code: string;
  @IsString({ message: NAME })
  @MinLength(1, { message: NAME })
  @MaxLength(255, { message: NAME })
  readonly name: string;
  @Matches(/^[\x21-\x7e]{1,500}$/, { message: API_KEY })
  readonly apiKey: string;
}

export class UpdateConnectionDto {
  @IsOptional()
  @IsString({ message: NAME })
  @MinLength(1, { message: NAME })
  @MaxLength(255, { message: NAME })
  readonly name?: string;
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,500}$/, { message: API_KEY })
  readonly apiKey?: string;
  /** Whether Anrok is asked first if it takes a new key. */
  @IsBoolean({ message: 'testKey must be true or false' })
  readonly testKey: boolean = true;
}

export class DeleteConnectionDto {
  /** `true`: its customers are unlinked and its mappings deleted with it. */
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'confirm must be true or false' })
  readonly confirm?: 'true' | 'false';
}

/** A connection as it may be seen: the key masked. */
export function toConnectionView(connection: Connection) {
  const { code, name, sellerId, maskedApiKey, pausedAt, pausedProblem, createdAt, updatedAt } = connection;
  return {
    code,
    name,
    sellerId: sellerId ?? null,
    apiKey: maskedApiKey,
    pausedAt: pausedAt ?? null,
    problem: pausedProblem ?? null,
    createdAt,
    updatedAt,
  };
}
