import { AnrokError } from '@anrok-nest/client';
import { TaxError } from '@anrok-nest/tax';
import type { INestApplicationContext } from '@nestjs/common';
import { AnrokTaxConfigurationError } from '../options/configuration.error.js';
import type { Terminal } from './terminal.js';

/** What a command's exit code says. */
export const FINE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;

/** What a command has to do its work with. */
export interface Session {
  readonly terminal: Terminal;
  /** Starts the host; whoever calls it closes it. */
  readonly open: () => Promise<INestApplicationContext>;
  /** Starts the host, works with it and closes it. */
  readonly withHost: <T>(work: (host: INestApplicationContext) => Promise<T>) => Promise<T>;
}

/** Makes a command's action: what it answers becomes the exit code, nothing means that all is fine. */
export type Runner = <Arguments extends unknown[]>(
  work: (session: Session, ...args: Arguments) => Promise<number | void>,
) => (...args: Arguments) => Promise<void>;

const USAGE_CODES = new Set(['host_not_named', 'host_not_loadable', 'file_not_readable', 'invalid_resync_filter']);

export function exitCodeOf(error: unknown): number {
  return error instanceof TaxError && USAGE_CODES.has(error.code) ? WRONG_USAGE : FAILED;
}

/** What went wrong, and what to do: never a stack. */
export function sentencesOf(error: unknown): string {
  if (error instanceof TaxError || error instanceof AnrokError) {
    const { message, remedy, code } = error instanceof TaxError ? error.problem : error;
    return `${message}\n${remedy} (${code})`;
  }
  if (error instanceof AnrokTaxConfigurationError) return `${error.message}\n${error.remedy}`;
  return reasonOf(error);
}

/** Of errors that are not ours: some have no message, such as those of a refused connection. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return message || (error as { code?: string }).code || (cause === undefined ? error.name : reasonOf(cause));
}

/** The stacks and nothing else of the errors: what hangs on them may be secret. */
export function stacksOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { stack = '', cause } = error;
  return cause instanceof Error ? `${stack}\nbecause of ${stacksOf(cause)}` : stack;
}
