import { AnrokTaxStrategy } from '@anrok-nest/module';
import { Keyv } from 'keyv';
import { SimulatorProcess } from '../../support/simulator-process.ts';
import type { Contest, Measurement, Row, Stage } from '../row.ts';
import { connect, furnish, startModule } from '../scene/bench-module.ts';
import { documentOf } from '../scene/numbered.billing-host.ts';

/** Taxes of current usage that are known: no call to Anrok. */
export const cacheRow: Row = {
  name: 'cache: taxes of current usage',
  unit: 'hits/s',
  measures: 'estimates of usage that the cache answers',
  against: 'the same answer read from the same store by Keyv',
  goal: { text: '≥ 0.5 ×', isMet: ({ ratio }) => ratio >= 0.5 },
  prepare,
};

async function prepare(stage: Stage): Promise<Contest> {
  const simulator = await SimulatorProcess.start({ limit: 0 });
  stage.after(() => simulator.crash());
  await furnish(stage.database);
  const store = new Map<string, unknown>();
  const app = await startModule(stage.database, simulator, { estimateCache: { store } });
  stage.after(() => app.close());
  await connect(app, simulator);
  const strategy = app.get(AnrokTaxStrategy);
  const document = documentOf('usage');
  const estimate = () => strategy.estimate(document, { purpose: 'usage' });
  await estimate();
  const key = [...store.keys()].find((name) => name.includes('anrok-tax:answer:'))!.replace(/^keyv:/, '');
  const keyv = new Keyv({ store });
  const read = async () => {
    if ((await keyv.get(key)) === undefined) throw new Error('The answer is not in the store.');
  };
  const ms = stage.isQuick ? 1_000 : 3_000;
  return {
    ours: async () => {
      const measured = await rate(estimate, ms);
      if ((await simulator.calls()).length > 1) throw new Error('Anrok was asked, in spite of the cache.');
      return measured;
    },
    peer: () => rate(read, ms),
  };
}

/** How often a second, by eight at a time. */
async function rate(work: () => Promise<unknown>, forMs: number): Promise<Measurement> {
  const startedAt = performance.now();
  let done = 0;
  const repeat = async () => {
    while (performance.now() - startedAt < forMs) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, repeat));
  return { value: (done * 1_000) / (performance.now() - startedAt) };
}
