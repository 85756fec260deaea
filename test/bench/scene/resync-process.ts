import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { BenchDatabase } from '../databases.ts';
import type { AnrokAt } from './bench-module.ts';

const SCRIPT = new URL('resync.process.ts', import.meta.url).pathname;

export interface ResyncOrder {
  readonly database: BenchDatabase;
  readonly anrok: AnrokAt;
  /** Of every document, as the host has it. */
  readonly taxAmount: number;
}

export interface ResyncFigures {
  readonly done: number;
  readonly unchanged: number;
  readonly seconds: number;
  /** By how much the process' memory grew at most, in MiB. */
  readonly grownMb: number;
  /** The same in the resync before, the process' first: V8 takes most of that once, for whatever comes. */
  readonly firstGrownMb: number;
}

/** Takes a resync of all synced documents in a process of its own, twice, and measures the second. */
export async function resyncElsewhere({ database, anrok, taxAmount }: ResyncOrder): Promise<ResyncFigures> {
  const { url, apiKey } = anrok;
  const order: ResyncOrder = { database, anrok: { url, apiKey }, taxAmount };
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const told = once(child, 'message') as Promise<[ResyncFigures]>;
  const figures = await Promise.race([told.then(([answer]) => answer), ended.then(() => undefined)]);
  if (!figures) throw new Error('The process ended before its resync.');
  child.disconnect();
  await ended;
  return figures;
}
