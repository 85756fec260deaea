// The module in a process of its own, working off what is due within Anrok's limit, until the process ends.
// Its only argument is the JSON of a WorkerOrder.
import { startModule } from './bench-module.ts';
import type { WorkerOrder } from './worker-process.ts';

const { database, anrok, requestsPerSecond } = JSON.parse(process.argv[2]!) as WorkerOrder;
// whoever started it is gone
process.on('disconnect', () => process.exit());
await startModule(database, anrok, { requestsPerSecond, worker: { enabled: true } });
process.send?.('ready');
