import type { SerialisableFault } from '@anrok-nest/simulator';
import type { SimulatorProcess } from '../support/simulator-process.js';
import { ANROK_FAULTS } from './fault-plan.js';
import { nameOfFault } from './fault-kinds.js';
import { pause } from './pause.js';

/** The faults that Anrok is told to have, one request each, and which of them a request has met. */
export class AnrokFaults {
  /** Requests meet them in this order; those of an Anrok that crashed are gone with it. */
  private ordered: SerialisableFault[] = [];
  private readonly met = new Set<string>();

  constructor(private readonly simulator: SimulatorProcess) {}

  async order(fault: SerialisableFault, times: number): Promise<void> {
    await this.simulator.next(fault, times);
    this.ordered.push(...Array.from({ length: times }, () => fault));
  }

  /** Names of those that no request has met so far. */
  async unmet(): Promise<readonly string[]> {
    await this.look();
    return ANROK_FAULTS.map(nameOfFault).filter((name) => !this.met.has(name));
  }

  /** Forgets all but those that no request has met: the next requests do. */
  async orderUnmet(): Promise<void> {
    await this.simulator.clearFaults();
    this.ordered = this.ordered.slice(0, await this.look());
    for (const fault of ANROK_FAULTS) if (!this.met.has(nameOfFault(fault))) await this.order(fault, 1);
  }

  /** Anrok is away for so long. What nobody had met is ordered once more: the crash would have hidden it. */
  async outage(awayMs: number): Promise<void> {
    const met = await this.look();
    await this.simulator.crash();
    await pause(awayMs);
    await this.simulator.resume();
    const left = this.ordered.slice(met);
    this.ordered = [];
    for (const fault of left) await this.order(fault, 1);
  }

  /** @returns how many of those that were ordered are used up */
  private async look(): Promise<number> {
    const calls = (await this.simulator.calls()).filter(({ fault }) => fault !== null);
    for (const [index, { fault }] of calls.entries()) {
      const ordered = this.ordered[index];
      if (ordered?.kind === fault) this.met.add(nameOfFault(ordered));
    }
    return calls.length;
  }
}
