import { AnrokFaults } from './anrok-faults.js';
import type { FaultDatabase } from './fault-database.js';
import { everyKind, isPossible, nameOfAct } from './fault-kinds.js';
import type { FaultPlan, SabotageAct } from './fault-plan.js';
import type { Fleet } from './fleet.js';
import { pause } from './pause.js';
import type { RedisServer } from '../support/redis-server.js';
import type { SimulatorProcess } from '../support/simulator-process.js';
import type { Storyteller } from './storyteller.js';

const SLOW: ReadonlySet<SabotageAct['act']> = new Set(['poison', 'stop', 'deploy', 'resync']);

/** What fails is left to itself: the poison is among it. */
const RESYNCED = { statuses: ['synced', 'waiting', 'never_seen'] };

/** Does to the processes what happens to processes. */
export class Saboteur {
  /** How many times each thing was done. */
  readonly done = new Map<string, number>();
  /** Nothing more is begun. */
  isOver = false;
  private readonly anrok: AnrokFaults;

  constructor(
    private readonly fleet: Fleet,
    private readonly database: FaultDatabase,
    private readonly simulator: SimulatorProcess,
    private readonly poisoner: Storyteller,
    private readonly redis: RedisServer | undefined,
    private readonly journal: (sentence: string) => void,
  ) {
    this.anrok = new AnrokFaults(simulator);
  }

  /** Until the time is over and everything was done once, however slow the machine is. */
  async work(sabotage: FaultPlan['sabotage'], seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1_000;
    const acts = sabotage.filter(({ act }) => isPossible(act, this.redis !== undefined));
    // what takes long does not keep the next from happening; of a database and a simulator there is one each
    const underWay = new Set<Promise<void>>();
    const begun = new Set<string>();
    for (const { pauseMs, act } of acts) {
      if (Date.now() > end && begun.has(nameOfAct(act))) continue;
      await pause(pauseMs);
      this.journal(`sabotage ${JSON.stringify(act)}`);
      begun.add(nameOfAct(act));
      const doing = this.perform(act).then(() => this.count(act));
      if (SLOW.has(act.act)) underWay.add(doing);
      else await doing;
    }
    this.isOver = true;
    await Promise.all(underWay);
  }

  /** From now on nothing goes wrong any more, but for the poison, and for what no request has met so far. */
  async end(): Promise<void> {
    await this.anrok.orderUnmet();
    this.fleet.tellAll({ clockOffsetMs: 0 });
    await this.fleet.allReady();
  }

  /** What was never done, and which of Anrok's faults no request has met. */
  async missing(): Promise<readonly string[]> {
    const undone = everyKind(this.redis !== undefined).filter((name) => !this.done.has(name));
    return [...undone, ...(await this.anrok.unmet()).map((name) => `a request that meets ${name}`)];
  }

  private count(act: SabotageAct): void {
    const name = nameOfAct(act);
    this.done.set(name, (this.done.get(name) ?? 0) + 1);
  }

  private async perform(act: SabotageAct): Promise<void> {
    switch (act.act) {
      case 'kill':
        return (await this.fleet.livingPlace(act.which)).kill(act.awayMs);
      case 'stop':
        return (await this.fleet.servingPlace(act.which)).stop(act.awayMs);
      case 'deploy':
        return this.fleet.deploy();
      case 'jumpClock':
        return (await this.fleet.serving(act.which)).tell({ clockOffsetMs: act.offsetMs });
      case 'crashPostgres':
        await this.database.crash();
        await pause(act.awayMs);
        return this.database.resume();
      case 'cutConnections':
        return this.database.cutConnections(act.percent);
      case 'crashSimulator':
        return this.anrok.outage(act.awayMs);
      case 'crashRedis':
        await this.redis?.kill();
        await pause(act.awayMs);
        return this.redis?.startAgain();
      case 'flushRedis':
        return this.redis?.flush();
      case 'breakAnrok':
        return this.anrok.order(act.fault, act.times);
      case 'freeze':
        return this.simulator.freeze();
      case 'unfreeze':
        return this.simulator.unfreeze();
      case 'resync':
        return this.resync();
      case 'poison':
        return this.poisoner.poison(act.poison);
    }
  }

  /** Of everything, in the middle of it all: until one runs, whoever started it. */
  private async resync(): Promise<void> {
    for (let which = 0; ; which++) {
      const host = await this.fleet.serving(which);
      const problem = await host.admin('POST', 'resyncs', RESYNCED).then(() => undefined, String);
      if (problem === undefined || problem.includes('resync_already_running')) return;
      this.journal(`no resync: ${problem}`);
      await pause(500);
    }
  }
}
