import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { BookedTransaction, SerialisableFault } from '@anrok-nest/simulator';

const SCRIPT = new URL('../../libs/anrok-simulator/dist/main.js', import.meta.url).pathname;

interface Call {
  readonly path: string;
  readonly body: unknown;
  readonly operation: string | null;
  /** ISO 8601, by the simulator's clock. */
  readonly receivedAt: string;
  readonly status: number | null;
  readonly fault: string | null;
}

interface SimulatorProcessOptions {
  /** Where its books are kept. Default: in memory, and lost when it is killed. */
  readonly file?: string;
  /** Requests per second and seller; 0 for no limit. Default 10. */
  readonly limit?: number;
}

/** The simulator in a process of its own, which can be killed and started again: its books may be in a file. */
export class SimulatorProcess {
  private child: ChildProcess | undefined;
  private port = 0;
  apiKey = '';
  private readonly args: string[];

  private constructor({ file, limit }: SimulatorProcessOptions) {
    this.args = [
      ...(file === undefined ? [] : ['--data', file]),
      ...(limit === undefined ? [] : ['--limit', String(limit)]),
    ];
  }

  static async start(options: SimulatorProcessOptions = {}): Promise<SimulatorProcess> {
    const simulator = new SimulatorProcess(options);
    await simulator.resume();
    return simulator;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, or starts it again where it was. */
  async resume(): Promise<void> {
    const args = [SCRIPT, '--port', String(this.port), ...this.args];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: this.child.stdout! })) {
      const [, port, key] = /^Anrok simulator at \S+:(\d+) with key (\S+)$/.exec(line) ?? [];
      if (!port || !key) continue;
      this.port = Number(port);
      this.apiKey = key;
      return;
    }
    throw new Error('The simulator did not start.');
  }

  async crash(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Takes any number of requests a second from now on; to that end it is started again. */
  async liftLimit(): Promise<void> {
    await this.crash();
    // the last one counts
    this.args.push('--limit', '0');
    await this.resume();
  }

  async next(fault: SerialisableFault, times: number): Promise<void> {
    await this.control('POST', 'faults', { operation: 'any', fault, times });
  }

  /** For every request, until faults are cleared. */
  async always(fault: SerialisableFault): Promise<void> {
    await this.control('POST', 'faults', { operation: 'any', fault, always: true });
  }

  async freeze(): Promise<void> {
    await this.control('POST', 'freeze', { before: '2100-01-01' });
  }

  async unfreeze(): Promise<void> {
    await this.control('POST', 'freeze', { unfreeze: true });
  }

  async clearFaults(): Promise<void> {
    await this.control('DELETE', 'faults');
  }

  async transactions(): Promise<readonly BookedTransaction[]> {
    return (await this.control<{ transactions: BookedTransaction[] }>('GET', 'books')).transactions;
  }

  /** Since it was started last. */
  async calls(): Promise<readonly Call[]> {
    return (await this.control<{ calls: Call[] }>('GET', 'calls')).calls;
  }

  private async control<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.url}/_simulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as T;
  }
}
