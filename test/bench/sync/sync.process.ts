// One process of a contestant, told by its argument who it is and where. Says { ready } when it could begin; finalizes
// what it is told, { ids }; says { taxed } for what became of it, by number, some at a time.
import type { BenchDatabase } from '../databases.ts';
import type { AnrokAt } from '../scene/bench-module.ts';
import { BareWork, type PostedInvoice } from './bare-work.ts';
import type { Contestant, ContestantName, OnTaxed } from './contestant.ts';

export interface SyncProcessSetup {
  readonly who: ContestantName;
  readonly database: BenchDatabase;
  readonly anrok: AnrokAt;
  readonly posted: PostedInvoice;
  readonly redisUrl?: string | undefined;
}

const setup = JSON.parse(process.argv[2]!) as SyncProcessSetup;

let taxed = 0;
const onTaxed: OnTaxed = () => {
  taxed += 1;
  if (taxed === 1)
    setImmediate(() => {
      process.send!({ taxed });
      taxed = 0;
    });
};

async function start({ who, database, anrok, posted, redisUrl }: SyncProcessSetup): Promise<Contestant> {
  if (who === 'module') {
    const { startModuleContestant } = await import('./module.contestant.ts');
    return startModuleContestant(database, anrok, onTaxed);
  }
  const work = await BareWork.start(database, anrok, posted);
  if (who === 'bullmq') return (await import('./bullmq.contestant.ts')).startBullmq(redisUrl!, work, onTaxed);
  if (who === 'pg-boss') return (await import('./pg-boss.contestant.ts')).startPgBoss(database.at, work, onTaxed);
  return (await import('./loop.contestant.ts')).startLoop(work, onTaxed);
}

const contestant = await start(setup);
process.on('message', ({ ids }: { ids: string[] }) => {
  contestant.finalize(ids).catch((error: unknown) => {
    throw error;
  });
});
process.on('disconnect', () => void contestant.close());
process.send!({ ready: true });
