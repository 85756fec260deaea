import { execFile } from 'node:child_process';
import type { DatabaseOptions } from './database.js';

export interface CommandOutcome {
  /** The signal, where one ended it. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** `npm run host --`, as it is compiled. */
export const HOST_COMMANDS = new URL('../../apps/host/dist/command-line.js', import.meta.url).pathname;

/** `npx anrok-tax`, as it is compiled. */
export const ANROK_TAX = new URL('../../libs/anrok-tax/dist/cli/main.js', import.meta.url).pathname;

/** Carries a command out in a process of its own. No colours: its output is no terminal. */
export function runCommand(
  script: string,
  args: readonly string[],
  { cwd, env, input }: { readonly cwd: string; readonly env?: Record<string, string>; readonly input?: string },
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { cwd, env: { ...env } }, (error, out, err) =>
      resolve({ code: error?.signal ?? error?.code ?? 0, out, err }),
    );
    child.stdin?.end(input ?? '');
  });
}

/** The variables by which the sample host finds this database. */
export function databaseVariables({ clientUrl, dbName }: DatabaseOptions): Record<string, string> {
  return clientUrl ? { DATABASE_URL: clientUrl } : { SQLITE_FILE: String(dbName) };
}
