import { STATUS_CODES } from 'node:http';
import { TaxError } from '@anrok-nest/tax';
import { HttpException } from '@nestjs/common';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../billing/index.js';

/** What an API of this kind answers when it can't do what it was asked for. */
export interface LagoError {
  readonly status: number;
  readonly error: string;
  /** Why, for programs: `invoice_not_found`, `validation_errors`. */
  readonly code?: string;
  /** With `validation_errors`: problems by the path of the field. */
  readonly error_details?: Readonly<Record<string, readonly string[]>>;
}

/** Translates whatever was thrown. What is nobody's fault but ours says nothing about itself. */
export function toLagoError(thrown: unknown): LagoError {
  if (thrown instanceof NotFoundError) return named(404, `${thrown.resource}_not_found`);
  if (thrown instanceof NotAllowedError) return named(405, thrown.code);
  if (thrown instanceof InvalidInputError)
    return invalid(
      Object.fromEntries(Object.entries(thrown.fields).map(([field, problems]) => [toSnakeCase(field), problems])),
    );
  if (thrown instanceof TaxError)
    return invalid({ tax_error: [`${thrown.code}: ${thrown.message}`], remedy: [thrown.problem.remedy] });
  const status = statusOf(thrown);
  if (status === 404) return named(404, 'resource_not_found');
  if (status === 400) return { status, error: `BadRequest: ${(thrown as Error).message}` };
  return { status, error: STATUS_CODES[status] ?? 'Error' };
}

function invalid(error_details: NonNullable<LagoError['error_details']>): LagoError {
  return { ...named(422, 'validation_errors'), error_details };
}

function named(status: number, code: string): LagoError {
  return { status, error: STATUS_CODES[status]!, code };
}

/** Of an exception of Nest, or of an error of the body parser, which has the same marks as any `http-errors`. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const { status, expose } = thrown instanceof Error ? (thrown as Error & { status?: unknown; expose?: unknown }) : {};
  return expose === true && typeof status === 'number' ? status : 500;
}

function toSnakeCase(path: string): string {
  return path.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
