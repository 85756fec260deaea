import { setTimeout as pause } from 'node:timers/promises';
import { SimulatorProcess } from '../../support/simulator-process.ts';
import type { Contest, Measurement, Row, Stage } from '../row.ts';
import { connect, furnish, requestInvoices, startModule } from '../scene/bench-module.ts';
import { startWorker } from '../scene/worker-process.ts';

/** Anrok's own, which the simulator keeps as strictly. */
const LIMIT = 10;
const WARM_UP_MS = 3_000;

/** How much of Anrok's limit is used while there is more to do than it lets through, by so many processes together. */
export const budgetRows: readonly Row[] = [1, 2, 4].map((processes) => ({
  name: `budget: ${processes} ${processes === 1 ? 'process' : 'processes'}`,
  unit: 'calls/s',
  measures: 'calls that Anrok received while documents waited to be synced',
  against: `Anrok’s limit of ${LIMIT} calls/s`,
  goal: {
    text: '≥ 97 %, no 429',
    isMet: ({ ratio, rounds }) => ratio >= 0.97 && rounds.every(({ ours }) => ours.also?.['429s'] === 0),
  },
  rounds: 1,
  // SQLite is for one process
  ...(processes > 1 && { databases: ['postgres'] as const }),
  prepare: (stage) => prepare(stage, processes),
}));

async function prepare(stage: Stage, processes: number): Promise<Contest> {
  const { database, isQuick } = stage;
  const windowMs = isQuick ? 10_000 : 60_000;
  const simulator = await SimulatorProcess.start({ limit: LIMIT });
  stage.after(() => simulator.crash());
  await furnish(database);
  const app = await startModule(database, simulator);
  await connect(app, simulator);
  await requestInvoices(app, Math.ceil(((2 * WARM_UP_MS + windowMs) * LIMIT) / 1_000));
  await app.close();
  return {
    ours: async () => {
      for (let index = 0; index < processes; index++)
        stage.after(await startWorker({ database, anrok: simulator, requestsPerSecond: LIMIT }));
      await pause(WARM_UP_MS);
      const from = Date.now();
      await pause(windowMs);
      return callsPerSecond(await simulator.calls(), from, from + windowMs);
    },
    peer: async () => ({ value: LIMIT }),
  };
}

/** Calls come in bursts of the limit: counted from a call to the one that came whole bursts later. */
function callsPerSecond(
  calls: readonly { readonly receivedAt: string; readonly status: number | null }[],
  from: number,
  to: number,
): Measurement {
  const admitted = calls
    .filter(({ status }) => status !== 429)
    .map(({ receivedAt }) => Date.parse(receivedAt))
    .filter((at) => at >= from && at < to);
  const bursts = Math.floor((admitted.length - 1) / LIMIT);
  const seconds = (admitted[bursts * LIMIT]! - admitted[0]!) / 1_000;
  return { value: (bursts * LIMIT) / seconds, also: { '429s': calls.filter(({ status }) => status === 429).length } };
}
