// A process that has nothing behind it takes a resync of unchanged documents, takes it once more as one that has, and
// tells what that took. Its only argument is the JSON of a ResyncOrder, its answer a ResyncFigures.
import { type ResyncFilter, ResyncService } from '@anrok-nest/module';
import { BookedBillingHost } from './booked.billing-host.ts';
import { startModule } from './bench-module.ts';
import { invoice } from './numbered.billing-host.ts';
import type { ResyncFigures, ResyncOrder } from './resync-process.ts';

const { database, anrok, taxAmount } = JSON.parse(process.argv[2]!) as ResyncOrder;
// whoever started it is gone
process.on('disconnect', () => process.exit());
BookedBillingHost.taxAmount = taxAmount;
const app = await startModule(database, anrok, { billingHost: BookedBillingHost });
const service = app.get(ResyncService);
// what Node compiles and what is opened once
await resync({ statuses: ['synced'], documents: Array.from({ length: 1_000 }, (_, number) => invoice(number)) });
const first = await measured();
const second = await measured();
await app.close();
const figures: ResyncFigures = { ...second, firstGrownMb: first.grownMb };
process.send?.(figures);

async function measured() {
  const rssBefore = process.memoryUsage().rss;
  let rss = rssBefore;
  const watching = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage().rss);
  }, 20);
  const startedAt = performance.now();
  const { done, unchanged } = await resync({ statuses: ['synced'] });
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(watching);
  return { done, unchanged, seconds, grownMb: (rss - rssBefore) / 2 ** 20 };
}

async function resync(filter: ResyncFilter) {
  const { id } = await service.start(filter, { requestedBy: 'bench' });
  await service.drain();
  return service.progress(id);
}
