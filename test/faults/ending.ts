import type { HostProcess } from '../support/host-process.js';

/** What a process writes on its standard error before poison kills it. */
const POISONED = 'killed by poison';

/** How many lines of its log tell why a process ended. */
const LAST_LINES = 30;

/** How a process ended that had begun to serve. */
export interface Ending {
  readonly name: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whoever ended it: the run with a signal, poison in a document, or nobody. */
  readonly by: 'the run' | 'poison' | 'nobody';
  /** The end of its log. */
  readonly lastWords: string;
}

/** @param sent the signals by which the run ended it, if it did */
export function endingOf(name: string, host: HostProcess, sent: ReadonlySet<NodeJS.Signals>, log: string): Ending {
  const { code, signal } = host.ending;
  return { name, code, signal, by: endedBy(signal, sent, log), lastWords: lastLines(log) };
}

/** A process that was sent a signal and ended in another way had a reason of its own. */
function endedBy(signal: NodeJS.Signals | null, sent: ReadonlySet<NodeJS.Signals>, log: string): Ending['by'] {
  if (signal && sent.has(signal)) return 'the run';
  return signal === 'SIGKILL' && log.trimEnd().endsWith(POISONED) ? 'poison' : 'nobody';
}

function lastLines(log: string): string {
  return log.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
}
