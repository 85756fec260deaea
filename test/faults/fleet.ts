import type { HostProcess, HostProcessOptions } from '../support/host-process.js';
import type { Ending } from './ending.js';
import { pause } from './pause.js';
import { Place } from './place.js';

/** What each process holds after a collection of its garbage, in MB. */
export type Memory = readonly { readonly name: string; readonly heap: number; readonly rss: number }[];

/** The processes of the sample host: some serve the web only, the others work too. */
export class Fleet {
  isPoisonous = true;
  private readonly places: readonly Place[];
  private asked = 0;

  /** @param options the folder is for what they say */
  constructor(
    options: HostProcessOptions & { readonly folder: string },
    { web, workers }: { readonly web: number; readonly workers: number },
  ) {
    const place = (name: string, worker: 'on' | 'off') => new Place(name, this, { ...options, worker });
    this.places = [
      ...Array.from({ length: web }, (_, index) => place(`web ${index + 1}`, 'off')),
      ...Array.from({ length: workers }, (_, index) => place(`worker ${index + 1}`, 'on')),
    ];
  }

  /** How processes ended, whoever ended them. */
  get endings(): readonly Ending[] {
    return this.places.flatMap(({ endings }) => endings);
  }

  /** One that serves, whichever comes first from this number on; waits until there is one. */
  async serving(which: number): Promise<HostProcess> {
    return (await this.servingPlace(which)).host!;
  }

  servingPlace(which: number): Promise<Place> {
    return this.first(which, ({ ready }) => ready !== undefined);
  }

  /** One with a process, which may be starting. */
  livingPlace(which: number): Promise<Place> {
    return this.first(which, ({ isAlive }) => isAlive);
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

  tellAll(message: { readonly clockOffsetMs?: number; readonly poison?: boolean; readonly isHurried?: boolean }): void {
    this.isPoisonous = message.poison ?? this.isPoisonous;
    for (const { host } of this.places) host?.tell(message);
  }

  async memory(): Promise<Memory> {
    await this.allReady();
    const id = ++this.asked;
    return Promise.all(
      this.places.map(async ({ name, host }) => {
        host!.tell({ askMemory: id });
        const said = await host!.says(`memory ${id} `);
        const [heap, rss] = said
          .split(' ')
          .slice(2)
          .map((bytes) => Math.round((10 * Number(bytes)) / 1_048_576) / 10);
        return { name, heap: heap!, rss: rss! };
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.places.map((place) => place.close()));
  }

  private async first(which: number, isSo: (place: Place) => boolean): Promise<Place> {
    for (;;) {
      for (let index = 0; index < this.places.length; index++) {
        const place = this.places[(which + index) % this.places.length]!;
        if (isSo(place)) return place;
      }
      await pause(50);
    }
  }
}
