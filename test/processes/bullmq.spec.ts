import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type AnrokSimulator, startAnrokSimulator } from '@anrok-nest/simulator';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { HostProcess, type HostProcessOptions } from '../support/host-process.js';
import { onRedis } from '../support/on-redis.js';
import { RedisServer } from '../support/redis-server.js';

const RECORD = 'transactions.createOrUpdate';
const LEASE_MS = 60_000;

onRedis('hosts that work over BullMQ', () => {
  let folder: string;
  let database: DatabaseOptions;
  let simulator: AnrokSimulator;
  let redis: RedisServer;
  let processes: HostProcess[];
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'bullmq-'));
    database = await emptyDatabase(path.join(folder, 'host.sqlite'));
    simulator = await startAnrokSimulator({ requestsPerSecond: null });
    redis = await RedisServer.start();
    processes = [];
  });
  afterEach(async () => {
    for (const one of processes) one.kill();
    await Promise.all(processes.map((one) => one.gone()));
    await redis.close();
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const start = async (options: Partial<HostProcessOptions> = {}) => {
    const host = await HostProcess.start({ database, simulator, redisUrl: redis.url, ...options });
    processes.push(host);
    return host;
  };
  const stock = async (host: HostProcess) => {
    await host.admin('PUT', 'connections/anrok/mappings', { itemType: 'fallback', productExternalId: 'saas-business' });
    await host.lago.addOns.createAddOn({
      add_on: { code: 'pro', name: 'Pro', amount_cents: 120_000, amount_currency: 'USD' },
    });
    const integration_customers = [{ integration_type: 'anrok', integration_code: 'anrok' }];
    const address = { city: 'Denver', state: 'CO', zipcode: '80204', country: 'US' };
    await host.lago.customers.createCustomer({
      customer: { external_id: 'acme', name: 'Acme', currency: 'USD', ...address, integration_customers } as never,
    });
  };
  const invoice = async (host: HostProcess): Promise<string> => {
    const { data } = await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'pro' }] },
    });
    return data.invoice.lago_id;
  };
  const expectBooksEqual = async (host: HostProcess, ids: readonly string[]) => {
    const issued = await Promise.all(ids.map(async (id) => (await host.lago.invoices.findInvoice(id)).data.invoice));
    const booked = simulator.books.transactions();
    expect(booked.map(({ id }) => id).toSorted()).toEqual(ids.map((id) => `host:invoice:${id}`).toSorted());
    for (const { lago_id, status, taxes_amount_cents } of issued)
      expect({ status, taxes_amount_cents }).toEqual({
        status: 'finalized',
        taxes_amount_cents: booked.find(({ id }) => id === `host:invoice:${lago_id}`)?.taxAmountToCollect,
      });
  };

  it('take over, after the lease, what a process was at that was killed in the middle of its call', async () => {
    const first = await start();
    simulator.faults.next(RECORD, { kind: 'call', after: () => first.kill() });
    await stock(first);
    await invoice(first).catch(() => 'the process may have ended before it could answer');
    await first.gone();
    expect(simulator.books.transactions()).toHaveLength(1);

    const second = await start({ clockOffsetMs: LEASE_MS + 1_000 });
    const { data } = await second.lago.invoices.findAllInvoices({ external_customer_id: 'acme' });
    const { lago_id } = data.invoices[0]!;
    await second.says(`applied ${lago_id}`);
    await expectBooksEqual(second, [lago_id]);
  });

  it('end their work before they end, and leave the rest to others', async () => {
    const first = await start();
    const held = simulator.faults.hold(RECORD);
    await stock(first);
    const id = await invoice(first);
    await held.arrived;
    await first.stop();
    held.release();
    const second = await start();
    await second.says(`applied ${id}`);
    await expectBooksEqual(second, [id]);
  });

  it('take commits and end as ever while Redis is away', async () => {
    const first = await start();
    await stock(first);
    await redis.kill();
    const id = await invoice(first);
    await first.stop();
    await redis.startAgain();
    const second = await start();
    await second.says(`applied ${id}`);
    await expectBooksEqual(second, [id]);
  });

  // SQLite has one writer: a second process on its file is refused now and then. Several processes take PostgreSQL.
  if (process.env['DATABASE_URL'])
    it('are as many as one likes, some for the web and some for work, and lose nothing with Redis', async () => {
      const web = await start({ worker: 'off' });
      await stock(web);
      const workers = [await start(), await start()];
      const ids: string[] = [];
      for (let index = 0; index < 12; index++) {
        if (index === 4) await redis.flush();
        if (index === 6) await redis.kill();
        if (index === 9) await redis.startAgain();
        ids.push(await invoice(web));
      }
      await Promise.all(ids.map((id) => Promise.any(workers.map((worker) => worker.says(`applied ${id}`)))));
      await expectBooksEqual(web, ids);
    });
});
