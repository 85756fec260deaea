import { Queue, Worker } from 'bullmq';
import type { BareWork } from './bare-work.ts';
import { concurrently, CONCURRENCY, type Contestant, type OnTaxed } from './contestant.ts';

/** A job per invoice, on Redis. */
export async function startBullmq(redisUrl: string, work: BareWork, onTaxed: OnTaxed): Promise<Contestant> {
  const options = { connection: { url: redisUrl, maxRetriesPerRequest: null } };
  const queue = new Queue<{ id: string }>('invoices', options);
  const worker = new Worker<{ id: string }>(
    'invoices',
    async ({ data }) => {
      await work.tax(data.id);
      onTaxed(data.id);
    },
    { ...options, concurrency: CONCURRENCY },
  );
  await worker.waitUntilReady();
  const finalize = async (id: string) => {
    await work.invoices.finalize(id);
    await queue.add('tax', { id }, { removeOnComplete: true, removeOnFail: true });
  };
  return {
    finalize: (ids) => concurrently(ids, finalize),
    close: async () => {
      await worker.close();
      await queue.close();
      await work.close();
    },
  };
}
