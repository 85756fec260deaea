import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { AnrokSimulator } from '@anrok-nest/simulator';
import { Client } from 'lago-javascript-client';
import type { DatabaseOptions } from './database.js';

const API_KEY = 'process_key';
const SCRIPT = new URL('../processes/host.process.mjs', import.meta.url).pathname;

export type CrashPoint = 'loadDocument' | 'applyTaxes' | 'applied' | 'committed' | 'reportProblem' | 'webhookSent';

export interface HostProcessOptions {
  readonly database: DatabaseOptions;
  readonly simulator: AnrokSimulator;
  readonly crashAt?: CrashPoint;
  readonly worker?: 'on' | 'off';
  /** How far its clock is ahead. */
  readonly clockOffsetMs?: number;
}

/** The sample host in a process of its own, compiled as it runs in production. */
export class HostProcess {
  private readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly child: ChildProcess) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.hear(line));
    child.once('exit', () => this.hear('exited'));
  }

  static async start({
    database,
    simulator,
    crashAt,
    worker,
    clockOffsetMs,
  }: HostProcessOptions): Promise<HostProcess> {
    const { clientUrl, dbName } = database;
    const child = spawn(process.execPath, [SCRIPT], {
      stdio: ['ignore', 'pipe', process.env['LOG'] ? 'inherit' : 'ignore'],
      env: {
        ...(clientUrl ? { DATABASE_URL: clientUrl } : { SQLITE_FILE: String(dbName) }),
        HOST_API_KEY: API_KEY,
        ANROK_API_KEY: simulator.apiKey,
        ANROK_BASE_URL: simulator.url,
        WORKER: worker ?? 'on',
        CRASH_AT: crashAt ?? '',
        CLOCK_OFFSET_MS: String(clockOffsetMs ?? 0),
      },
    });
    const host = new HostProcess(child);
    await host.says('listening');
    return host;
  }

  get lago() {
    const url = this.lines.find((line) => line.startsWith('listening'))?.split(' ')[1];
    return Client(API_KEY, { baseUrl: `${url}/api/v1` });
  }

  async admin(method: string, path: string, body: object): Promise<void> {
    const url = this.lines.find((line) => line.startsWith('listening'))?.split(' ')[1];
    const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/anrok/api/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Resolves when it has said something that begins like this. Rejects when it ends before. */
  async says(beginning: string): Promise<void> {
    while (!this.lines.some((line) => line.startsWith(beginning))) {
      if (this.lines.includes('exited')) throw new Error(`The host ended before it said "${beginning}".`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** Resolves when the process is gone. */
  async gone(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** As a deployment does. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.gone();
  }

  private hear(line: string): void {
    this.lines.push(line);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
