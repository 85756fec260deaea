import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { BenchDatabase } from '../databases.ts';
import type { AnrokAt } from './bench-module.ts';

const SCRIPT = new URL('worker.process.ts', import.meta.url).pathname;

export interface WorkerOrder {
  readonly database: BenchDatabase;
  readonly anrok: AnrokAt;
  readonly requestsPerSecond: number;
}

/** A process that works off what is due. @returns how to end it */
export async function startWorker({ database, anrok, requestsPerSecond }: WorkerOrder): Promise<() => Promise<void>> {
  const { url, apiKey } = anrok;
  const order: WorkerOrder = { database, anrok: { url, apiKey }, requestsPerSecond };
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = once(child, 'message');
  const ended = once(child, 'exit');
  if (!(await Promise.race([ready.then(() => true), ended.then(() => false)])))
    throw new Error('A process ended before it worked.');
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}
