import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AnrokSimulator, startAnrokSimulator } from '@anrok-nest/simulator';
import { WebhookReceiver } from '../../apps/host/src/api/testing/webhook.receiver.js';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { type CrashPoint, HostProcess, type HostProcessOptions } from '../support/host-process.js';

const RECORD = 'transactions.createOrUpdate';
const LEASE_MS = 60_000;

describe('a process that is killed', () => {
  let folder: string;
  let database: DatabaseOptions;
  let simulator: AnrokSimulator;
  let processes: HostProcess[];
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'crashes-'));
    database = await emptyDatabase(path.join(folder, 'host.sqlite'));
    simulator = await startAnrokSimulator({ requestsPerSecond: null });
    processes = [];
  });
  afterEach(async () => {
    for (const one of processes) one.kill();
    await Promise.all(processes.map((one) => one.gone()));
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const start = async (options: Partial<HostProcessOptions> = {}) => {
    const host = await HostProcess.start({ database, simulator, ...options });
    processes.push(host);
    return host;
  };
  /** The next one, at a time when leases of the dead have run out. */
  const startLater = () => start({ clockOffsetMs: LEASE_MS + 1_000 });

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
  const invoice = async (host: HostProcess) => {
    const { data } = await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'pro' }] },
    });
    return data.invoice;
  };
  /** Issues an invoice at a process that may be dead before it can answer. */
  const invoiceAtTheDying = async (host: HostProcess) => {
    await invoice(host).catch((error: unknown) => {
      // what fetch throws when the connection breaks
      if ((error as Error).name !== 'TypeError') throw error;
    });
    await host.gone();
  };
  const theInvoice = async (host: HostProcess) => {
    const { data } = await host.lago.invoices.findAllInvoices({ external_customer_id: 'acme' });
    expect(data.invoices).toHaveLength(1);
    return data.invoices[0]!;
  };
  const expectRecordedOnce = async (host: HostProcess) => {
    await host.says(`applied ${(await theInvoice(host)).lago_id}`);
    const { lago_id, ...issued } = await theInvoice(host);
    const [booked, ...others] = simulator.books.transactions();
    expect(others).toEqual([]);
    expect(booked).toMatchObject({ id: `host:invoice:${lago_id}`, state: 'normal' });
    expect(issued).toMatchObject({
      status: 'finalized',
      number: expect.stringMatching(/^INV-\d{4}-000001$/),
      taxes_amount_cents: booked?.taxAmountToCollect,
      error_details: [],
    });
  };

  it('after the invoice was committed and before anybody took it up, loses nothing', async () => {
    const first = await start({ worker: 'off' });
    await stock(first);
    await invoice(first);
    first.kill();
    await first.gone();
    await expectRecordedOnce(await start());
  });

  it.each<[string, CrashPoint]>([
    ['after it took the document up', 'loadDocument'],
    ['with Anrok’s answer in hands', 'applyTaxes'],
    ['after it wrote the taxes and before it committed them', 'applied'],
  ])('%s, loses nothing and repeats nothing', async (_, crashAt) => {
    const first = await start({ crashAt });
    await stock(first);
    await invoiceAtTheDying(first);
    expect(await theInvoice(await start({ worker: 'off' }))).toMatchObject({ status: 'pending', applied_taxes: [] });
    await expectRecordedOnce(await startLater());
  });

  it('while it waits for Anrok, which has not committed yet, records it once', async () => {
    const first = await start();
    const kill = () => {
      first.kill();
      throw new Error('nobody is there any more');
    };
    simulator.faults.next(RECORD, { kind: 'call', before: kill });
    await stock(first);
    await invoiceAtTheDying(first);
    expect(simulator.books.transactions()).toEqual([]);
    await expectRecordedOnce(await startLater());
  });

  it('while it waits for Anrok, which has committed, records it once', async () => {
    const first = await start();
    simulator.faults.next(RECORD, { kind: 'call', after: () => first.kill() });
    await stock(first);
    await invoiceAtTheDying(first);
    expect(simulator.books.transactions()).toHaveLength(1);
    await expectRecordedOnce(await startLater());
    expect(simulator.books.transactions()[0]?.version).toBe(2);
  });

  it('after it committed the taxes, leaves nothing to do', async () => {
    const first = await start({ crashAt: 'committed' });
    await stock(first);
    await invoiceAtTheDying(first);
    simulator.calls.clear();
    const second = await startLater();
    expect(await theInvoice(second)).toMatchObject({ status: 'finalized' });
    const next = await invoice(second);
    await second.says(`applied ${next.lago_id}`);
    expect(simulator.calls.of(RECORD)).toHaveLength(1);
  });

  it('while it writes a failure down, tries again', async () => {
    const first = await start({ crashAt: 'reportProblem' });
    simulator.faults.next(RECORD, { kind: 'status', status: 500 });
    await stock(first);
    await invoiceAtTheDying(first);
    await expectRecordedOnce(await startLater());
  });

  it('after it sent a webhook and before it wrote that down, sends it again under the same id', async () => {
    const receiver = await WebhookReceiver.start();
    const first = await start({ crashAt: 'webhookSent' });
    await first.lago.webhookEndpoints.createWebhookEndpoint({ webhook_endpoint: { webhook_url: receiver.url } });
    await stock(first);
    await invoiceAtTheDying(first);
    expect(receiver.of('invoice.created')).toHaveLength(1);
    await startLater();
    await receiver.has(2);
    const [sent, sentAgain] = receiver.received;
    expect(sentAgain?.headers['webhook-id']).toBe(sent?.headers['webhook-id']);
    expect(sentAgain?.text).toBe(sent?.text);
    await receiver.close();
  });

  it('in the middle of a deployment gives its work back at once', async () => {
    const first = await start();
    const held = simulator.faults.hold(RECORD);
    await stock(first);
    await invoice(first);
    await held.arrived;
    await first.stop();
    held.release();
    await expectRecordedOnce(await start());
  });

  // SQLite has one writer: a second process on its file is refused now and then. Several processes take PostgreSQL.
  if (process.env['DATABASE_URL'])
    it('shares the work with others while it lives: every document is recorded once', async () => {
      const [first, second] = [await start(), await start()];
      await stock(first);
      const issued = [];
      for (let index = 0; index < 24; index++) issued.push(await invoice(index % 2 ? first : second));
      const applied = issued.map(({ lago_id }) =>
        Promise.any([first.says(`applied ${lago_id}`), second.says(`applied ${lago_id}`)]),
      );
      await Promise.all(applied);
      const booked = simulator.books.transactions();
      expect(booked.map(({ version }) => version)).toEqual(issued.map(() => 1));
      expect(new Set(booked.map(({ id }) => id)).size).toBe(24);
      expect(simulator.calls.of(RECORD)).toHaveLength(24);
    });
});
