import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FaultDatabase, isDone, isPoison, type RecordRow, type ResyncRow } from './fault-database.js';
import { type FaultPlan, planFaults } from './fault-plan.js';
import { Fleet, type Memory } from './fleet.js';
import { pause } from './pause.js';
import { isRedisInstalled, RedisServer } from '../support/redis-server.js';
import { Saboteur } from './saboteur.js';
import { SimulatorProcess } from '../support/simulator-process.js';
import { Storyteller } from './storyteller.js';
import { insist } from './told-write.js';

/** After the faults: how long everything may take to come to rest. */
const PATIENCE_MS = 150_000;

/** How many documents go through all processes between one look at their memory and the next. */
export const ROUND = 180;

const JOURNAL = 'journal.log';

/** Processes, a database and Anrok, with stories told to them while a saboteur is at work. */
export class FaultRun {
  readonly storytellers: readonly Storyteller[];
  readonly poisoner: Storyteller;
  readonly saboteur: Saboteur;

  private constructor(
    private readonly folder: string,
    private readonly database: FaultDatabase,
    readonly simulator: SimulatorProcess,
    readonly fleet: Fleet,
    private readonly redis: RedisServer | undefined,
    private readonly plan: FaultPlan,
  ) {
    const journal = (sentence: string) =>
      appendFileSync(path.join(folder, JOURNAL), `${new Date().toISOString()} ${sentence}\n`);
    this.storytellers = plan.stories.map((_, index) => new Storyteller(fleet, index + 1, journal));
    this.poisoner = new Storyteller(fleet, 0, journal);
    this.saboteur = new Saboteur(fleet, database, simulator, this.poisoner, redis, journal);
  }

  static async start(seed: number, seconds: number): Promise<FaultRun> {
    const folder = mkdtempSync(path.join(tmpdir(), 'faults-'));
    const database = await FaultDatabase.start();
    const simulator = await SimulatorProcess.start({ file: path.join(folder, 'books.json') });
    const plan = planFaults(seed, seconds);
    const redis = plan.overRedis && isRedisInstalled ? await RedisServer.start() : undefined;
    const options = { database: database.options, simulator, folder, ...(redis && { redisUrl: redis.url }) };
    const fleet = new Fleet(options, { web: 2, workers: 3 });
    const run = new FaultRun(folder, database, simulator, fleet, redis, plan);
    await run.stock();
    return run;
  }

  get dispatch(): string {
    return this.redis ? 'over Redis' : 'from the database';
  }

  /** Holds what the hosts said, what they were told, and what was done to them. */
  get logs(): string {
    return this.folder;
  }

  async storm(seconds: number): Promise<void> {
    const { stories, sabotage } = this.plan;
    const isOver = () => this.saboteur.isOver;
    await Promise.all([
      ...this.storytellers.map((storyteller, index) => storyteller.tell(stories[index]!, isOver)),
      this.saboteur.work(sabotage, seconds),
    ]);
    await this.saboteur.end();
  }

  /** What documents wait for is done; those that are no poison come to rest. Answers where documents stand then. */
  async comeToRest(): Promise<RecordRow[]> {
    for (const storyteller of this.storytellers) await storyteller.settle();
    await this.map('rare');
    // poison that kills keeps many a document from its end, until it is given up
    const isOpen = (record: RecordRow) =>
      isPoison(record) ? record.status === 'processing' || !record.problem_code : record.due_at !== null;
    return this.until((records) => !records.some(isOpen));
  }

  /** The resyncs, when each has come to its end, or when patience is over. */
  async untilResyncsEnd(): Promise<ResyncRow[]> {
    const isActive = ({ status }: ResyncRow) => status === 'running' || status === 'cancelling';
    return this.lookUntil(
      () => this.database.resyncs(),
      (resyncs) => !resyncs.some(isActive),
    );
  }

  /** The poison loses its power, and a person asks for another try of what was given up. */
  async heal(): Promise<RecordRow[]> {
    this.fleet.tellAll({ poison: false });
    await insist(this.fleet, 0, (host) => host.admin('POST', 'records/retry', {}));
    return this.until((records) => records.every(isDone));
  }

  /** From now on documents flow as fast as they can. */
  async hurry(): Promise<void> {
    this.fleet.tellAll({ isHurried: true });
    await this.simulator.liftLimit();
  }

  /** A round of invoices when all is well, and the memory that is in use after it. */
  async round(): Promise<Memory> {
    const act = { act: 'issue', amounts: [1_000], isMapped: true } as const;
    const acts = Array.from({ length: ROUND / this.storytellers.length }, () => act);
    await Promise.all(this.storytellers.map((storyteller) => storyteller.tell(acts, () => false)));
    await this.until((records) => records.every(isDone));
    return this.fleet.memory();
  }

  records(): Promise<RecordRow[]> {
    return this.database.records();
  }

  /** @param keepsLogs for somebody to read what happened */
  async close({ keepsLogs }: { readonly keepsLogs: boolean }): Promise<void> {
    await this.fleet.close();
    await this.simulator.crash();
    await this.redis?.close();
    await this.database.stop();
    if (!keepsLogs) rmSync(this.folder, { recursive: true });
  }

  private async stock(): Promise<void> {
    await this.fleet.allReady();
    for (const code of ['pro', 'rare'])
      await insist(this.fleet, 0, ({ lago }) =>
        lago.addOns.createAddOn({ add_on: { code, name: code, amount_cents: 100, amount_currency: 'USD' } }),
      );
    await this.map('pro');
  }

  private async map(itemId: string): Promise<void> {
    const mapping = { itemType: 'add_on', itemId, productExternalId: 'saas-business' };
    await insist(this.fleet, 0, (host) => host.admin('PUT', 'connections/anrok/mappings', mapping));
  }

  /** The records, when they are so, or when patience is over. */
  private until(isSo: (records: readonly RecordRow[]) => boolean): Promise<RecordRow[]> {
    return this.lookUntil(() => this.records(), isSo);
  }

  private async lookUntil<Found>(look: () => Promise<Found>, isSo: (found: Found) => boolean): Promise<Found> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (isSo(found) || Date.now() > end) return found;
      await pause(500);
    }
  }
}
