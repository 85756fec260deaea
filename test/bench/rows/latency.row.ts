import { TAX_APPLIED } from '@anrok-nest/module';
import { EntityManager } from '@mikro-orm/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import axios from 'axios';
import { SimulatorProcess } from '../../support/simulator-process.ts';
import type { Contest, Row, Stage } from '../row.ts';
import { connect, furnish, startModule } from '../scene/bench-module.ts';
import { CUSTOMER, invoice } from '../scene/numbered.billing-host.ts';
import { repeated, timed } from '../timed.ts';

/** What may come on top of the call, in ms. */
const ALLOWANCE = 15;

/** Before the next, in ms: then nothing is left of the one before. */
const REST_MS = 30;

/** From the commit of what finalizes an invoice to its tax, while nothing else is to be done. */
export const latencyRow: Row = {
  name: 'latency: an invoice in an idle system',
  unit: 'ms',
  measures: 'p50 from the commit of the finalizing transaction to the applied tax',
  against: 'the same body posted by axios to the same simulator',
  goal: { text: `≤ peer + ${ALLOWANCE} ms`, isMet: ({ ours, peer }) => ours <= peer + ALLOWANCE },
  prepare,
};

async function prepare(stage: Stage): Promise<Contest> {
  const { database, isQuick } = stage;
  const simulator = await SimulatorProcess.start({ limit: 0 });
  stage.after(() => simulator.crash());
  await furnish(database);
  const app = await startModule(database, simulator, { worker: { enabled: true } });
  stage.after(() => app.close());
  await connect(app, simulator);

  const events = app.get(EventEmitter2);
  const em = app.get(EntityManager);
  let number = 0;
  const finalize = async (): Promise<number> => {
    const { id: invoiceId } = invoice((number += 1));
    const applied = new Promise<void>((resolve) => events.once(TAX_APPLIED, () => resolve()));
    await em.fork().transactional(() => events.emitAsync('invoice.finalized', { invoiceId, customerId: CUSTOMER }));
    const committedAt = performance.now();
    await applied;
    return performance.now() - committedAt;
  };
  await finalize();
  // exactly what the module posts
  const { path, body } = (await simulator.calls()).at(-1)!;
  const http = axios.create({ headers: { authorization: `Bearer ${simulator.apiKey}` } });
  const post = () => http.post(simulator.url + path, body);
  await post();
  const times = isQuick ? 30 : 100;
  return { ours: () => repeated(times, finalize, REST_MS), peer: () => timed(post, times) };
}
