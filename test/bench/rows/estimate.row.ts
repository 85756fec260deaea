import { AnrokTaxStrategy } from '@anrok-nest/module';
import axios from 'axios';
import { SimulatorProcess } from '../../support/simulator-process.ts';
import type { Contest, Row, Stage } from '../row.ts';
import { connect, furnish, startModule } from '../scene/bench-module.ts';
import { documentOf } from '../scene/numbered.billing-host.ts';
import { timed } from '../timed.ts';

interface EstimateLoad {
  readonly lines: number;
  /** After how many milliseconds the simulator answers; 0 for at once. */
  readonly delayMs: number;
  /** Estimates in a round, one after the other. */
  readonly calls: number;
}

/** What an estimate costs beside waiting for Anrok: the mapping, the limiter, the checks, and the cents by line. */
export const estimateRows: readonly Row[] = [
  estimateRow('estimate: 10 lines, answered after 20 ms', { lines: 10, delayMs: 20, calls: 100 }, 1.1),
  estimateRow('estimate: 10 lines, answered at once', { lines: 10, delayMs: 0, calls: 200 }, 2),
  estimateRow('estimate: 1,000 lines, answered at once', { lines: 1_000, delayMs: 0, calls: 30 }, 1.5),
];

function estimateRow(name: string, load: EstimateLoad, goal: number): Row {
  return {
    name,
    unit: 'ms',
    measures: 'p50 of an estimate of a draft',
    against: 'the same body posted by axios to the same simulator',
    goal: { text: `≤ ${goal} ×`, isMet: ({ ratio }) => ratio <= goal },
    prepare: (stage) => prepare(stage, load),
  };
}

async function prepare(stage: Stage, { lines, delayMs, calls }: EstimateLoad): Promise<Contest> {
  const { database, isQuick } = stage;
  const simulator = await SimulatorProcess.start({ limit: 0 });
  stage.after(() => simulator.crash());
  await furnish(database);
  const app = await startModule(database, simulator);
  stage.after(() => app.close());
  await connect(app, simulator);
  const strategy = app.get(AnrokTaxStrategy);
  const document = documentOf('draft', lines);
  const http = axios.create({ headers: { authorization: `Bearer ${simulator.apiKey}` } });
  const estimate = () => strategy.estimate(document);
  await estimate();
  // exactly what the module posts
  const { path, body } = (await simulator.calls()).at(-1)!;
  const post = () => http.post(simulator.url + path, body);
  await post();
  if (delayMs > 0) await simulator.always({ kind: 'slow', delayMs });
  const round = (call: () => Promise<unknown>) => timed(call, isQuick ? Math.ceil(calls / 3) : calls);
  return { ours: () => round(estimate), peer: () => round(post) };
}
