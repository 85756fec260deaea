import { spawnSync } from 'node:child_process';
import os from 'node:os';

/** What the figures depend on beside the code. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly postgres?: string;
  readonly date: string;
  readonly commit: string;
  /** How many wanted a core in the minute before, on average: far above 0, others were at work. */
  readonly load: number;
}

export function describeMachine(load: number, postgres: string | undefined): Machine {
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    ...(postgres !== undefined && { postgres }),
    date: new Date().toISOString(),
    commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') && ', changed'),
    load: Math.round(load * 100) / 100,
  };
}

function git(...args: string[]): string {
  return spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
}
