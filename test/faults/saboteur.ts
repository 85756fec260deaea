import type { FaultPlan, SabotageAct } from './fault-plan.js';
import type { FaultDatabase } from './fault-database.js';
import { type Fleet, pause } from './fleet.js';
import type { RedisServer } from '../support/redis-server.js';
import type { SimulatorProcess } from '../support/simulator-process.js';
import type { Storyteller } from './storyteller.js';

const SLOW: ReadonlySet<SabotageAct['act']> = new Set(['poison', 'stop', 'deploy', 'resync']);

const OF_REDIS: ReadonlySet<SabotageAct['act']> = new Set(['crashRedis', 'flushRedis']);

/** What fails is left to itself: the poison is among it. */
const RESYNCED = { statuses: ['synced', 'waiting', 'never_seen'] };

/** Does to the processes what happens to processes. */
export class Saboteur {
  /** How many times each thing was done. */
  readonly done = new Map<string, number>();

  constructor(
    private readonly fleet: Fleet,
    private readonly database: FaultDatabase,
    private readonly simulator: SimulatorProcess,
    private readonly poisoner: Storyteller,
    private readonly redis: RedisServer | undefined,
    private readonly journal: (sentence: string) => void,
  ) {}

  /** Until the plan or the time is over. */
  async work(sabotage: FaultPlan['sabotage'], isOver: () => boolean): Promise<void> {
    // what takes long does not keep the next from happening; of a database and a simulator there is one each
    const underWay = new Set<Promise<void>>();
    for (const { pauseMs, act } of sabotage) {
      if (OF_REDIS.has(act.act) && !this.redis) continue;
      await pause(pauseMs);
      if (isOver()) break;
      const name = act.act === 'breakAnrok' ? `${act.act} ${act.fault.kind}` : act.act;
      this.done.set(name, (this.done.get(name) ?? 0) + 1);
      this.journal(`sabotage ${JSON.stringify(act)}`);
      const begun = this.perform(act);
      if (SLOW.has(act.act)) underWay.add(begun);
      else await begun;
    }
    await Promise.all(underWay);
  }

  /** From now on nothing goes wrong any more, but for the poison. */
  async end(): Promise<void> {
    await this.simulator.clearFaults();
    this.fleet.tellAll({ clockOffsetMs: 0 });
    await this.fleet.allReady();
  }

  private async perform(act: SabotageAct): Promise<void> {
    switch (act.act) {
      case 'kill':
        return this.fleet.at(act.which).kill(act.awayMs);
      case 'stop':
        return this.fleet.at(act.which).stop(act.awayMs);
      case 'deploy':
        return this.fleet.deploy();
      case 'jumpClock':
        return this.fleet.at(act.which).host?.tell({ clockOffsetMs: act.offsetMs });
      case 'crashPostgres':
        await this.database.crash();
        await pause(act.awayMs);
        return this.database.resume();
      case 'cutConnections':
        return this.database.cutConnections(act.percent);
      case 'crashSimulator':
        await this.simulator.crash();
        await pause(act.awayMs);
        return this.simulator.resume();
      case 'crashRedis':
        await this.redis?.kill();
        await pause(act.awayMs);
        return this.redis?.startAgain();
      case 'flushRedis':
        return this.redis?.flush();
      case 'breakAnrok':
        return this.simulator.next(act.fault, act.times);
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
