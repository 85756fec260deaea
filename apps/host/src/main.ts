import 'reflect-metadata';
import { type AnrokSimulator, startAnrokSimulator } from '@anrok-nest/simulator';
import { BillingRunService } from './billing/index.js';
import { DEFAULT_API_KEY, type Environment, loadEnvironment } from './config/environment.js';
import { printOverview } from './demo/print-overview.js';
import { runDemo } from './demo/run-demo.js';
import { exitWith } from './exit-with.js';
import { createHost } from './host.js';

/**
 * Starts the host. Without an Anrok account in the environment it starts a simulator beside it and shows what happens
 * to a handful of invoices. With one, nothing is invoiced that nobody asked for.
 */
async function main(): Promise<void> {
  const environment = loadEnvironment();
  const simulator = await simulatorFor(environment);
  const host = await createHost(simulator ? connectedTo(simulator, environment) : environment);
  await host.listen(environment.port, '127.0.0.1');
  const url = (await host.getUrl()).replace('127.0.0.1', 'localhost');
  if (simulator) {
    const billing = host.get(BillingRunService, { strict: false });
    await runDemo({ url, apiKey: environment.apiKey, simulator, bill: () => billing.run() });
    await printOverview(host);
    console.log(`An Anrok simulator stands in for Anrok, at ${simulator.url}; its books are kept in ${BOOKS}.`);
  }
  console.log(`Look at ${url}`);
  const key = environment.apiKey === DEFAULT_API_KEY ? ` with the key ${DEFAULT_API_KEY}` : ' with HOST_API_KEY';
  console.log(`The dashboard is at ${url}/anrok; sign in${key}.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator?.close());
}

const BOOKS = 'data/anrok-simulator.json';

async function simulatorFor({ anrok }: Environment): Promise<AnrokSimulator | undefined> {
  return anrok.apiKey || anrok.baseUrl ? undefined : startAnrokSimulator({ dataFile: BOOKS });
}

function connectedTo(simulator: AnrokSimulator, environment: Environment): Environment {
  return { ...environment, anrok: { ...environment.anrok, apiKey: simulator.apiKey, baseUrl: simulator.url } };
}

try {
  await main();
} catch (error) {
  exitWith(error);
}
