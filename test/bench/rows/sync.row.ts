import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { AnrokTaxStrategy } from '@anrok-nest/module';
import { MikroORM } from '@mikro-orm/core';
import { RedisServer } from '../../support/redis-server.ts';
import { SimulatorProcess } from '../../support/simulator-process.ts';
import { databaseOptions } from '../databases.ts';
import type { Contest, Measurement, Row, Stage } from '../row.ts';
import { connect, furnish, startModule } from '../scene/bench-module.ts';
import { documentOf, invoice } from '../scene/numbered.billing-host.ts';
import type { PostedInvoice } from '../sync/bare-work.ts';
import type { ContestantName } from '../sync/contestant.ts';
import { Invoices, LINES } from '../sync/invoices.table.ts';
import type { SyncProcessSetup } from '../sync/sync.process.ts';

const PROCESS = new URL('../sync/sync.process.ts', import.meta.url);

interface Peer {
  readonly who: Exclude<ContestantName, 'module'>;
  readonly name: string;
  readonly goal: number;
  readonly databases?: Row['databases'];
}

const PEERS: readonly Peer[] = [
  { who: 'loop', name: 'a bare loop', goal: 0.8 },
  { who: 'bullmq', name: 'BullMQ', goal: 1 },
  { who: 'pg-boss', name: 'pg-boss', goal: 1, databases: ['postgres'] },
];

/** From the event to the tax on the host's invoice, Anrok's answer between them. */
export const syncRows: readonly Row[] = [1, 2].flatMap((processes) => PEERS.map((peer) => syncRow(peer, processes)));

function syncRow({ who, name, goal, databases }: Peer, processes: number): Row {
  return {
    name: `sync: ${processes === 1 ? '1 process' : `${processes} processes`}, ${name}`,
    unit: 'documents/s',
    measures: 'invoices finalized, recorded and taxed',
    against: `${name} around the same load, call and update`,
    goal: { text: `≥ ${goal} ×`, isMet: ({ ratio }) => ratio >= goal },
    // several processes on one SQLite file only wait for each other
    ...((processes > 1 || databases) && { databases: ['postgres'] }),
    prepare: (stage) => prepare(stage, who, processes),
  };
}

async function prepare(stage: Stage, who: ContestantName, processes: number): Promise<Contest> {
  const { database, isQuick } = stage;
  const simulator = await SimulatorProcess.start({ limit: 0 });
  stage.after(() => simulator.crash());
  const redis = who === 'bullmq' ? await RedisServer.start() : undefined;
  if (redis) stage.after(() => redis.close());

  await furnish(database);
  const app = await startModule(database, simulator);
  await connect(app, simulator);
  await app.close();
  const orm = await MikroORM.init({
    ...databaseOptions(database),
    entities: [],
    discovery: { warnWhenNoEntities: false },
  });
  stage.after(() => orm.close());
  const invoices = new Invoices(orm.em.fork());

  const setup = { database, anrok: { url: simulator.url, apiKey: simulator.apiKey }, redisUrl: redis?.url };
  let made = 0;
  const posted = await postedBy(stage, simulator);
  const counted = isQuick ? 500 : 3_000;
  // what a process does for the first time is not what it does all day
  const warming = isQuick ? 250 : 1_000;
  const round = async (who: ContestantName): Promise<Measurement> => {
    const ids = Array.from({ length: warming + counted }, () => invoice((made += 1)).id);
    await invoices.create(ids);
    const fleet = await Fleet.start({ ...setup, who, posted }, processes);
    await fleet.tax(ids.slice(0, warming));
    await invoices.analyze();
    const startedAt = performance.now();
    await fleet.tax(ids.slice(warming));
    const seconds = (performance.now() - startedAt) / 1_000;
    await fleet.close();
    if ((await invoices.untaxed()) > 0) throw new Error(`${who} left invoices without tax.`);
    return { value: counted / seconds };
  };
  return { ours: () => round('module'), peer: () => round(who) };
}

/** Exactly what the module posts. */
async function postedBy({ database }: Stage, simulator: SimulatorProcess): Promise<PostedInvoice> {
  const app = await startModule(database, simulator);
  await app.get(AnrokTaxStrategy).estimate(documentOf('example', LINES));
  await app.close();
  const { path, body } = (await simulator.calls()).at(-1)!;
  return { path: path.replace('createEphemeral', 'createOrUpdate'), body: body as object, prefix: 'bench:invoice:' };
}

/** The processes of one contestant. */
class Fleet {
  private taxed = 0;
  private reached: { readonly count: number; readonly resolve: () => void } | undefined;

  private readonly processes: readonly ChildProcess[];

  private constructor(processes: readonly ChildProcess[]) {
    this.processes = processes;
    for (const child of processes)
      child.on('message', (message: { taxed?: number }) => {
        this.taxed += message.taxed ?? 0;
        if (this.reached && this.taxed >= this.reached.count) this.reached.resolve();
      });
  }

  static async start(setup: SyncProcessSetup, count: number): Promise<Fleet> {
    const processes = Array.from({ length: count }, () => fork(PROCESS, [JSON.stringify(setup)]));
    await Promise.all(processes.map((child) => once(child, 'message')));
    return new Fleet(processes);
  }

  /** Each finalizes its share; resolves when all have their tax. */
  async tax(ids: readonly string[]): Promise<void> {
    this.taxed = 0;
    const reached = Promise.withResolvers<void>();
    this.reached = { count: ids.length, resolve: reached.resolve };
    for (const [index, child] of this.processes.entries())
      child.send({ ids: ids.filter((_, position) => position % this.processes.length === index) });
    await reached.promise;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.processes.map(async (child) => {
        const gone = once(child, 'exit');
        child.disconnect();
        await gone;
      }),
    );
  }
}
