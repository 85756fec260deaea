import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AnrokSimulator, startAnrokSimulator } from '@anrok-nest/simulator';
import { databaseVariables, HOST_COMMANDS } from '../support/command-process.js';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { HostProcess } from '../support/host-process.js';

// SQLite has one writer: several processes take PostgreSQL
const onPostgres = process.env['DATABASE_URL'] ? describe : describe.skip;

onPostgres('npm run host -- work', () => {
  let database: DatabaseOptions;
  let simulator: AnrokSimulator;
  let web: HostProcess;
  let worker: ChildProcess | undefined;
  beforeEach(async () => {
    database = await emptyDatabase();
    simulator = await startAnrokSimulator({ requestsPerSecond: null });
    web = await HostProcess.start({ database, simulator, worker: 'off' });
  });
  afterEach(async () => {
    worker?.kill('SIGKILL');
    web.kill();
    await web.gone();
    await simulator.close();
  });

  /** Resolves when it says that it works. */
  const work = async () => {
    const env = {
      ...databaseVariables(database),
      ANROK_API_KEY: simulator.apiKey,
      ANROK_BASE_URL: simulator.url,
    };
    worker = spawn(process.execPath, [HOST_COMMANDS, 'work'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(createInterface({ input: worker.stdout! }), 'line');
    return worker;
  };

  it('taxes what a process that only serves the web has committed, and ends when it is asked to', async () => {
    await web.admin('PUT', 'connections/anrok/mappings', { itemType: 'fallback', productExternalId: 'saas-business' });
    await web.lago.addOns.createAddOn({
      add_on: { code: 'pro', name: 'Pro', amount_cents: 120_000, amount_currency: 'USD' },
    });
    const address = { city: 'Denver', state: 'CO', zipcode: '80204', country: 'US' };
    const integration_customers = [{ integration_type: 'anrok', integration_code: 'anrok' }];
    await web.lago.customers.createCustomer({
      customer: { external_id: 'acme', currency: 'USD', ...address, integration_customers } as never,
    });
    const { data } = await web.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'pro' }] },
    });
    const { lago_id, status } = data.invoice;
    expect(status).toBe('pending');

    const worker = await work();
    const find = async () => (await web.lago.invoices.findInvoice(lago_id)).data.invoice;
    let found = await find();
    while (found.status === 'pending') found = await find();
    const [booked] = simulator.books.transactions();
    expect(found).toMatchObject({ status: 'finalized', taxes_amount_cents: booked!.taxAmountToCollect });

    worker.kill('SIGTERM');
    const [code, signal] = (await once(worker, 'exit')) as [number | null, string | null];
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGTERM' });
  });
});
