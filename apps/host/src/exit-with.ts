import { EnvironmentError } from './config/environment.js';

/** Ends the process with what went wrong: in a sentence where the reader can mend it, with its stack where not. */
export function exitWith(error: unknown): never {
  console.error(sentence(error) ?? error);
  process.exit(1);
}

function sentence(error: unknown): string | undefined {
  if (error instanceof EnvironmentError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  return code === 'EADDRINUSE' ? `Port ${port} is taken. Free it, or set PORT to another one.` : undefined;
}
