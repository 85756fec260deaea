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
  readonly simulator: Pick<AnrokSimulator, 'url' | 'apiKey'>;
  readonly crashAt?: CrashPoint;
  readonly worker?: 'on' | 'off';
  /** Of the Redis over which documents go to the workers. Default none. */
  readonly redisUrl?: string;
  /** How far its clock is ahead. */
  readonly clockOffsetMs?: number;
  /** What runs it. Default: the host that can be told where to crash. */
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** File descriptor that its standard error goes to. */
  readonly log?: number;
}

/** The sample host in a process of its own, compiled as it runs in production. */
export class HostProcess {
  private readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly child: ChildProcess) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.hear(line));
    child.once('exit', () => this.hear('exited'));
  }

  static async start(options: HostProcessOptions): Promise<HostProcess> {
    const host = HostProcess.spawn(options);
    await host.says('listening');
    return host;
  }

  /** Begins to start it: it says `listening` when it is there. */
  static spawn(options: HostProcessOptions): HostProcess {
    const { database, simulator, crashAt, worker, redisUrl, clockOffsetMs, script = SCRIPT, env, log } = options;
    const { clientUrl, dbName } = database;
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', log ?? (process.env['LOG'] ? 'inherit' : 'ignore'), 'ipc'],
      env: {
        ...(clientUrl ? { DATABASE_URL: clientUrl } : { SQLITE_FILE: String(dbName) }),
        HOST_API_KEY: API_KEY,
        ANROK_API_KEY: simulator.apiKey,
        ANROK_BASE_URL: simulator.url,
        WORKER: worker ?? 'on',
        ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
        CRASH_AT: crashAt ?? '',
        CLOCK_OFFSET_MS: String(clockOffsetMs ?? 0),
        ...env,
      },
    });
    return new HostProcess(child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get isGone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** How it ended; neither as long as it runs. */
  get ending(): { readonly code: number | null; readonly signal: NodeJS.Signals | null } {
    return { code: this.child.exitCode, signal: this.child.signalCode };
  }

  get lago() {
    const url = this.lines.find((line) => line.startsWith('listening'))?.split(' ')[1];
    return Client(API_KEY, { baseUrl: `${url}/api/v1` });
  }

  /** What its script makes of the message is its own business. Says nothing to one that is gone. */
  tell(message: object): void {
    if (this.child.connected) this.child.send(message, () => {});
  }

  async admin(method: string, path: string, body: object): Promise<void> {
    const url = this.lines.find((line) => line.startsWith('listening'))?.split(' ')[1];
    const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/anrok/api/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Resolves when it has said something that begins like this, to the first such line. Rejects when it ends before. */
  async says(beginning: string): Promise<string> {
    for (;;) {
      const said = this.lines.find((line) => line.startsWith(beginning));
      if (said !== undefined) return said;
      if (this.lines.includes('exited')) throw new Error(`The host ended before it said "${beginning}".`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** Resolves when the process is gone. */
  async gone(): Promise<void> {
    if (!this.isGone) await once(this.child, 'exit');
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
