import { setTimeout as pause } from 'node:timers/promises';
import { AnrokTaxStrategy, ResyncService } from '@anrok-nest/module';
import type { INestApplicationContext } from '@nestjs/common';
import { SimulatorProcess } from '../../support/simulator-process.ts';
import type { Contest, Measurement, Row, Stage } from '../row.ts';
import { billingHostOf, connect, furnish, startModule } from '../scene/bench-module.ts';
import { documentOf } from '../scene/numbered.billing-host.ts';
import { percentile } from '../statistics.ts';

const LIMIT = 10;
const MOST_MORE_MS = 250;

/** How long a person before a screen waits for a tax while a bulk resync uses up Anrok's limit. */
export const fairnessRow: Row = {
  name: 'fairness: an estimate during a resync',
  unit: 'ms',
  measures: 'p95 of an estimate while a resync takes all of Anrok’s limit',
  against: 'the same without a resync',
  goal: { text: `≤ ${MOST_MORE_MS} ms more`, isMet: ({ ours, peer }) => ours - peer <= MOST_MORE_MS },
  rounds: 1,
  prepare,
};

async function prepare(stage: Stage): Promise<Contest> {
  const { database } = stage;
  const simulator = await SimulatorProcess.start({ limit: LIMIT });
  stage.after(() => simulator.crash());
  await furnish(database);
  const estimates = stage.isQuick ? 40 : 120;
  const start = (enabled: boolean) =>
    startModule(database, simulator, { requestsPerSecond: LIMIT, worker: { enabled } });
  const idle = await start(false);
  stage.after(() => idle.close());
  await connect(idle, simulator);
  return {
    ours: async () => {
      const busy = await start(true);
      billingHostOf(busy).count = 10_000;
      await busy.get(ResyncService).start({}, { requestedBy: 'bench' });
      await pause(5_000);
      const before = (await simulator.calls()).length;
      const startedAt = performance.now();
      const { value, also } = await waits(busy, estimates);
      const seconds = (performance.now() - startedAt) / 1_000;
      const calls = (await simulator.calls()).length - before;
      await busy.close();
      return { value, also: { ...also, 'calls/s': calls / seconds } };
    },
    peer: async () => {
      // what the last round used of the limit is over
      await pause(2_000);
      return waits(idle, estimates);
    },
  };
}

/** One after the other, at moments that hit every phase of a second alike. */
async function waits(app: INestApplicationContext, estimates: number): Promise<Measurement> {
  const strategy = app.get(AnrokTaxStrategy);
  const durations: number[] = [];
  for (let index = 0; index < estimates; index++) {
    await pause(250 + 500 * ((index * 0.618_034) % 1));
    const startedAt = performance.now();
    await strategy.estimate(documentOf('draft'));
    durations.push(performance.now() - startedAt);
  }
  return { value: percentile(durations, 95), also: { 'p50 ms': percentile(durations, 50) } };
}
