import { PgBoss } from 'pg-boss';
import type { BareWork } from './bare-work.ts';
import { concurrently, CONCURRENCY, type Contestant, type OnTaxed } from './contestant.ts';

/** A job per invoice, in PostgreSQL: told of new ones, in batches, and at once for the next while they are full. */
export async function startPgBoss(url: string, work: BareWork, onTaxed: OnTaxed): Promise<Contestant> {
  const boss = new PgBoss({ connectionString: url, useListenNotify: true });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue('invoices', { notify: true });
  const options = {
    pollingIntervalSeconds: 0.5,
    batchSize: CONCURRENCY / 2,
    localConcurrency: 2,
    burstWhenBatchFull: true,
  };
  await boss.work<{ id: string }>('invoices', options, (jobs) =>
    concurrently(jobs, async ({ data }) => {
      await work.tax(data.id);
      onTaxed(data.id);
    }),
  );
  const finalize = async (id: string) => {
    await work.invoices.finalize(id);
    await boss.send('invoices', { id });
  };
  return {
    finalize: (ids) => concurrently(ids, finalize),
    close: async () => {
      await boss.stop();
      await work.close();
    },
  };
}
