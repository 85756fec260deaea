import path from 'node:path';
import { HostProcess, type HostProcessOptions } from '../support/host-process.js';
import { type Ending, endingOf } from './ending.js';
import { pause } from './pause.js';
import { ProcessLog } from './process-log.js';

const SCRIPT = new URL('faulty-host.process.mjs', import.meta.url).pathname;

/** A pause before the next try of a host that could not start: its database may be away. */
const RESTART_MS = 500;

/** After that, what was asked to end is killed, as by whatever runs it in production. */
const STOP_MS = 20_000;

/** A place in the fleet: a host that is started again whenever it ends, as whatever runs it in production does. */
export class Place {
  codeVersion = '1';
  host: HostProcess | undefined;
  /** Of the processes that had begun to serve. */
  readonly endings: Ending[] = [];
  private isReady = false;
  private awayMs = 0;
  private isClosed = false;
  private sent = new Set<NodeJS.Signals>();
  private readonly running: Promise<void>;

  constructor(
    readonly name: string,
    private readonly fleet: { readonly isPoisonous: boolean },
    private readonly options: HostProcessOptions & { readonly folder: string },
  ) {
    this.running = this.keepRunning();
  }

  get ready(): HostProcess | undefined {
    return this.isReady && this.isAlive ? this.host : undefined;
  }

  /** It may be starting. */
  get isAlive(): boolean {
    return this.host !== undefined && !this.host.isGone;
  }

  kill(awayMs: number): void {
    this.awayMs = awayMs;
    this.sent.add('SIGKILL');
    this.host?.kill();
  }

  async stop(awayMs: number): Promise<void> {
    this.awayMs = awayMs;
    const { host, sent } = this;
    sent.add('SIGTERM');
    const patience = setTimeout(() => {
      sent.add('SIGKILL');
      host?.kill();
    }, STOP_MS);
    await host?.stop();
    clearTimeout(patience);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.kill(0);
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.isClosed) {
      await this.runOnce();
      if (!this.isClosed) await pause(this.awayMs);
      this.awayMs = 0;
    }
  }

  private async runOnce(): Promise<void> {
    const log = new ProcessLog(path.join(this.options.folder, `${this.name.replace(' ', '-')}.log`));
    const env = { CODE_VERSION: this.codeVersion, POISON: this.fleet.isPoisonous ? 'on' : 'off' };
    this.sent = new Set();
    const host = HostProcess.spawn({ ...this.options, script: SCRIPT, env, log: log.descriptor });
    this.host = host;
    await host.says('listening').then(
      () => (this.isReady = true),
      () => (this.awayMs = Math.max(this.awayMs, RESTART_MS)),
    );
    await host.gone();
    if (this.isReady) this.endings.push(endingOf(this.name, host, this.sent, log.text));
    this.isReady = false;
    log.close();
  }
}
