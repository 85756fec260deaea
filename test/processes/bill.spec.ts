import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AnrokSimulator, startAnrokSimulator } from '@anrok-nest/simulator';
import { type DatabaseOptions, emptyDatabase } from '../support/database.js';
import { HostProcess } from '../support/host-process.js';

const COMMAND_LINE = new URL('../../apps/host/dist/command-line.js', import.meta.url).pathname;

const CRASHING = new URL('bill.process.mjs', import.meta.url).pathname;

describe('npm run host -- bill', () => {
  let folder: string;
  let database: DatabaseOptions;
  let simulator: AnrokSimulator;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'bill-'));
    database = await emptyDatabase(path.join(folder, 'host.sqlite'));
    simulator = await startAnrokSimulator({ requestsPerSecond: null });
  });
  afterEach(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const execute = (script: string, args: readonly string[], env: Record<string, string> = {}) => {
    const { clientUrl, dbName } = database;
    const data = clientUrl ? { DATABASE_URL: clientUrl } : { SQLITE_FILE: String(dbName) };
    return new Promise<{ code: number | string; said: string }>((resolve) => {
      execFile(process.execPath, [script, ...args], { cwd: folder, env: { ...data, ...env } }, (error, out, err) =>
        resolve({ code: error?.signal ?? error?.code ?? 0, said: out + err }),
      );
    });
  };
  const run = (...args: string[]) => execute(COMMAND_LINE, args);
  const crash = (at: 'finalized' | 'committed', after: number) =>
    execute(CRASHING, ['bill'], { CRASH_AT: at, CRASH_AFTER: String(after) });
  /** In a process that is gone when this returns: SQLite has one writer. */
  const withHost = async <T>(work: (host: HostProcess) => Promise<T>): Promise<T> => {
    const host = await HostProcess.start({ database, simulator });
    try {
      return await work(host);
    } finally {
      await host.stop();
    }
  };
  const plan = {
    code: 'weekly',
    name: 'Weekly',
    interval: 'weekly',
    amount_cents: 700,
    amount_currency: 'USD',
    pay_in_advance: false,
  } as const;
  const aWeekAgo = () => new Date(Date.now() - 7 * 86_400_000).toISOString();

  it.each([
    [['bill', '--date', 'nonsense'], '"nonsense" is not a day; give one like 2026-12-31.'],
    [['bill', '--date', '2026-02-30'], '"2026-02-30" is not a day; give one like 2026-12-31.'],
    [['pay'], "unknown command 'pay'"],
    [['bill', '--dry'], "unknown option '--dry'"],
  ])('says what is wrong with %j, and does nothing', async (args, sentence) => {
    expect(await run(...args)).toEqual({ code: 2, said: expect.stringContaining(sentence) });
  });

  it('issues what is due, once, for a running host to have it taxed', async () => {
    const address = { city: 'Denver', state: 'CO', zipcode: '80204', country: 'US' };
    const integration_customers = [{ integration_type: 'anrok', integration_code: 'anrok' }];
    await withHost(async ({ lago }) => {
      await lago.customers.createCustomer({
        customer: { external_id: 'acme', name: 'Acme', ...address, integration_customers } as never,
      });
      await lago.plans.createPlan({ plan });
      const fields = { external_customer_id: 'acme', plan_code: 'weekly', billing_time: 'anniversary' } as const;
      const subscription = { ...fields, external_id: 'sub', subscription_at: aWeekAgo() };
      await lago.subscriptions.createSubscription({ subscription });
    });
    expect(await run('bill', '--date', '2020-01-01')).toEqual({ code: 0, said: 'Nothing was due.\n' });
    const [first, second] = [await run('bill'), await run('bill')];
    expect(first).toEqual({ code: 0, said: expect.stringMatching(/^Issued: INV-\d{4}-000001\n$/) });
    expect(second).toEqual({ code: 0, said: 'Nothing was due.\n' });
    expect(simulator.calls.all()).toEqual([]);

    await withHost(async (host) => {
      await host.admin('PUT', 'connections/anrok/mappings', {
        itemType: 'subscription',
        productExternalId: 'saas-business',
      });
      const { invoices } = (await host.lago.invoices.findAllInvoices()).data;
      await host.says(`applied ${invoices[0]!.lago_id}`);
      expect(invoices).toHaveLength(1);
    });
    expect(simulator.books.transactions()).toHaveLength(1);
  });

  it('that is killed in the middle bills everybody once in the end', async () => {
    const customers = Array.from({ length: 6 }, (_, index) => `customer-${index}`);
    await withHost(async ({ lago }) => {
      await lago.plans.createPlan({ plan });
      for (const external_id of customers) {
        await lago.customers.createCustomer({ customer: { external_id } });
        const fields = { external_customer_id: external_id, plan_code: 'weekly', billing_time: 'anniversary' } as const;
        await lago.subscriptions.createSubscription({
          subscription: { ...fields, external_id, subscription_at: aWeekAgo() },
        });
      }
    });
    for (const [at, after] of [['finalized', 2] as const, ['committed', 2] as const])
      expect(await crash(at, after)).toMatchObject({ code: 'SIGKILL' });
    // one of the first run, two of the second
    expect((await run('bill')).said).toMatch(/^Issued: INV-\d+-000004, INV-\d+-000005, INV-\d+-000006\n$/);
    expect(await run('bill')).toEqual({ code: 0, said: 'Nothing was due.\n' });
    await withHost(async ({ lago }) => {
      const { invoices } = (await lago.invoices.findAllInvoices()).data;
      expect(new Set(invoices.map(({ customer }) => customer?.external_id))).toEqual(new Set(customers));
      expect(invoices.map(({ fees_amount_cents }) => fees_amount_cents)).toEqual(customers.map(() => 700));
    });
  });

  it.each([[['bill', 'twice']], [['bill', '--date', '2026-02-30']], [['bill', '--when', 'now']]])(
    'says how it is used when it is used with %j',
    async (args) => {
      expect(await run(...args)).toMatchObject({
        code: 2,
        said: expect.stringContaining('--help says how it is used'),
      });
    },
  );
});
