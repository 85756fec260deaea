import { HostProcess, type HostProcessOptions } from '../support/host-process.js';

const SCRIPT = new URL('faulty-host.process.mjs', import.meta.url).pathname;

/** A pause before the next try of a host that could not start: its database may be away. */
const RESTART_MS = 500;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A place in the fleet: a host that is started again whenever it ends, as whatever runs it in production does. */
class Place {
  codeVersion = '1';
  host: HostProcess | undefined;
  private isReady = false;
  private awayMs = 0;
  private isClosed = false;
  private readonly running: Promise<void>;

  constructor(
    readonly name: string,
    private readonly fleet: { readonly isPoisonous: boolean },
    private readonly options: HostProcessOptions,
  ) {
    this.running = this.keepRunning();
  }

  get ready(): HostProcess | undefined {
    return this.isReady && !this.host?.isGone ? this.host : undefined;
  }

  kill(awayMs: number): void {
    this.awayMs = awayMs;
    this.host?.kill();
  }

  async stop(awayMs: number): Promise<void> {
    this.awayMs = awayMs;
    const { host } = this;
    // what does not end is ended, as by whatever runs it in production
    const patience = setTimeout(() => host?.kill(), 20_000);
    await host?.stop();
    clearTimeout(patience);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.host?.kill();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.isClosed) {
      const env = { CODE_VERSION: this.codeVersion, POISON: this.fleet.isPoisonous ? 'on' : 'off' };
      this.host = HostProcess.spawn({ ...this.options, script: SCRIPT, env });
      await this.host.says('listening').then(
        () => (this.isReady = true),
        () => (this.awayMs = Math.max(this.awayMs, RESTART_MS)),
      );
      await this.host.gone();
      this.isReady = false;
      if (!this.isClosed) await pause(this.awayMs);
      this.awayMs = 0;
    }
  }
}

/** The processes of the sample host: some serve the web only, the others work too. */
export class Fleet {
  isPoisonous = true;
  private readonly places: readonly Place[];
  private asked = 0;

  constructor(options: HostProcessOptions, { web, workers }: { readonly web: number; readonly workers: number }) {
    const place = (name: string, worker: 'on' | 'off') => new Place(name, this, { ...options, worker });
    this.places = [
      ...Array.from({ length: web }, (_, index) => place(`web ${index + 1}`, 'off')),
      ...Array.from({ length: workers }, (_, index) => place(`worker ${index + 1}`, 'on')),
    ];
  }

  at(which: number): Place {
    return this.places[which % this.places.length]!;
  }

  /** One that serves, whichever comes first from this number on; waits until there is one. */
  async serving(which: number): Promise<HostProcess> {
    for (;;) {
      for (let index = 0; index < this.places.length; index++) {
        const { ready } = this.at(which + index);
        if (ready) return ready;
      }
      await pause(50);
    }
  }

  /** The other half gets the new code, one after the other, as a deployment does it. */
  async deploy(): Promise<void> {
    for (const [index, place] of this.places.entries()) {
      place.codeVersion = index % 2 === 0 ? '1' : '2';
      if (place.codeVersion === '2') await place.stop(0);
    }
  }

  async allReady(): Promise<void> {
    while (this.places.some(({ ready }) => !ready)) await pause(100);
  }

  tellAll(message: { readonly clockOffsetMs?: number; readonly poison?: boolean }): void {
    this.isPoisonous = message.poison ?? this.isPoisonous;
    for (const { host } of this.places) host?.tell(message);
  }

  /** What each holds after a collection of its garbage, in MB. */
  async memory(): Promise<readonly { readonly name: string; readonly heap: number; readonly rss: number }[]> {
    await this.allReady();
    const id = ++this.asked;
    return Promise.all(
      this.places.map(async ({ name, host }) => {
        host!.tell({ askMemory: id });
        const said = await host!.says(`memory ${id} `);
        const [heap, rss] = said
          .split(' ')
          .slice(2)
          .map((bytes) => Math.round(Number(bytes) / 1_048_576));
        return { name, heap: heap!, rss: rss! };
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.places.map((place) => place.close()));
  }
}
