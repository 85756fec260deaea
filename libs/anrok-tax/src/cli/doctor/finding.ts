/** `warning`: nothing stands still for it, but somebody should know. `problem`: documents are or will be without tax. */
export type Level = 'ok' | 'warning' | 'problem';

/** What was looked at, and what came of it. */
export interface Finding {
  readonly check: string;
  readonly level: Level;
  /** A sentence. */
  readonly message: string;
  /** What to do, as a sentence; absent where all is well. */
  readonly remedy?: string;
}

export const ok = (check: string, message: string): Finding => ({ check, level: 'ok', message });

export const warning = (check: string, message: string, remedy: string): Finding => ({
  check,
  level: 'warning',
  message,
  remedy,
});

export const problem = (check: string, message: string, remedy: string): Finding => ({
  check,
  level: 'problem',
  message,
  remedy,
});
