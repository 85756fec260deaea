import { InMemoryRateLimiter } from '@anrok-nest/client';
import { ANROK_RATE_LIMITER, Clock as ModuleClock, ResyncService, TaxSyncWorker } from '@anrok-nest/module';
import { ManualClock } from '@anrok-nest/module/testing';
import { type AnrokSimulator, startAnrokSimulator } from '@anrok-nest/simulator';
import { MikroORM } from '@mikro-orm/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Client } from 'lago-javascript-client';
import { configureApi } from '../../apps/host/src/api/index.js';
import { credit } from '../../apps/host/src/api/testing/invoicing.js';
import { AppModule } from '../../apps/host/src/app.module.js';
import { BillingRunService, Clock as BillingClock } from '../../apps/host/src/billing/index.js';
import type { Environment } from '../../apps/host/src/config/environment.js';
import { type DatabaseOptions, emptyDatabase } from './database.js';

export const HOST_API_KEY = 'test_key';

export const HOST_ENCRYPTION_KEY = Buffer.alloc(32, 9);

export const DENVER = {
  address_line1: '1450 Cherokee St',
  city: 'Denver',
  state: 'CO',
  zipcode: '80204',
  country: 'US',
} as const;

type Lago = ReturnType<typeof Client>;
type Customer = Parameters<Lago['customers']['createCustomer']>[0]['customer'];

interface FreshHost {
  /** Whether the connection `anrok` comes with the environment. Default false. */
  readonly isConnected?: boolean;
  readonly database?: DatabaseOptions;
  /** Where links to Anrok's pages lead; there are none when absent. */
  readonly appUrl?: string;
  /** Before all routes: `billing`. */
  readonly globalPrefix?: string;
}

/** The sample host on a database and a port of its own, a simulator, and the official client of the host's API. */
export class HostUnderTest {
  readonly lago: Lago;

  private constructor(
    readonly app: NestExpressApplication,
    readonly simulator: AnrokSimulator,
    readonly clock: ManualClock,
    readonly url: string,
  ) {
    this.lago = Client(HOST_API_KEY, { baseUrl: `${url}/api/v1` });
  }

  /** With a connection `anrok`, and add-ons `setup` and `pro` mapped to products; time stands still. */
  static async start(database?: DatabaseOptions): Promise<HostUnderTest> {
    const host = await HostUnderTest.fresh({ isConnected: true, ...(database && { database }) });
    await host.stock('setup', 49_900, 'saas-business');
    await host.stock('pro', 120_000, 'saas-business');
    return host;
  }

  /** On an empty database, as somebody finds it who starts it for the first time. */
  static async fresh({ globalPrefix, ...options }: FreshHost = {}): Promise<HostUnderTest> {
    const clock = new ManualClock();
    const simulator = await startAnrokSimulator({ clock, requestsPerSecond: null });
    const testing = await Test.createTestingModule({
      imports: [AppModule.register(await environmentFor(simulator, options))],
    })
      .overrideProvider(ModuleClock)
      .useValue(clock)
      .overrideProvider(BillingClock)
      .useValue(clock)
      .overrideProvider(ANROK_RATE_LIMITER)
      .useValue(new InMemoryRateLimiter({ requestsPerSecond: 10_000 }))
      .compile();
    const app = testing.createNestApplication<NestExpressApplication>({ logger: false });
    configureApi(app);
    if (globalPrefix) app.setGlobalPrefix(globalPrefix);
    await app.get(MikroORM).migrator.up();
    await app.listen(0, '127.0.0.1');
    return new HostUnderTest(app, simulator, clock, await app.getUrl());
  }

  /** Works off what is due; answers how many documents that were. */
  work(): Promise<number> {
    return this.app.get(TaxSyncWorker, { strict: false }).drain();
  }

  /** Drives the resyncs that were started to their end. */
  resync(): Promise<void> {
    return this.app.get(ResyncService, { strict: false }).drain();
  }

  /** An add-on, and the product that it is at Anrok, if it is one. */
  async stock(code: string, amount_cents: number, productExternalId?: string): Promise<void> {
    await this.lago.addOns.createAddOn({ add_on: { code, name: code, amount_cents, amount_currency: 'USD' } });
    if (productExternalId) await this.map({ itemType: 'add_on', itemId: code, productExternalId });
  }

  /** Without asking Anrok whether it has the product, unless it is to be asked. */
  map(mapping: {
    itemType: string;
    itemId?: string;
    productExternalId: string;
    checkProduct?: boolean;
  }): Promise<AdminAnswer> {
    return this.admin('PUT', 'connections/anrok/mappings', { checkProduct: false, ...mapping });
  }

  /** A customer that is linked to Anrok. */
  async customer(external_id: string, customer: Partial<Customer> = {}): Promise<void> {
    const integration_customers = [{ integration_type: 'anrok', integration_code: 'anrok', sync_with_provider: true }];
    await this.lago.customers.createCustomer({
      customer: { external_id, name: external_id, currency: 'USD', integration_customers, ...customer } as Customer,
    });
  }

  /** Issues an invoice, works off what is due, and answers the invoice as it is then. */
  async invoice(external_customer_id: string, ...fees: object[]) {
    const { data } = await this.lago.invoices.createInvoice({
      invoice: {
        external_customer_id,
        fees: fees.map((fee) => ({ add_on_code: 'pro', unit_amount_cents: 120_000, ...fee })),
      },
    });
    await this.work();
    return this.reload(data.invoice.lago_id);
  }

  /** A credit note over these amounts of the invoice's fees, all of it as credit; nothing is worked off. */
  creditNote(invoice: Parameters<typeof credit>[1], amounts?: readonly number[]) {
    return credit(this, invoice, amounts);
  }

  /** Bills what is due. */
  bill() {
    return this.app.get(BillingRunService, { strict: false }).run();
  }

  async reload(lago_id: string) {
    return (await this.lago.invoices.findInvoice(lago_id)).data.invoice;
  }

  async admin(
    method: string,
    path: string,
    body?: object,
    key = HOST_API_KEY,
    more: Readonly<Record<string, string>> = {},
  ): Promise<AdminAnswer> {
    const answer = await fetch(`${this.url}/anrok/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...more },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { status, headers } = answer;
    const type = headers.get('content-type') ?? '';
    return { status, type, body: type.includes('json') ? await answer.json() : await answer.text() };
  }

  /** A page of the dashboard, or with a form what came of sending it, before any redirection. */
  async page(
    path: string,
    form?: Readonly<Record<string, string>> | FormData,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const answer = await fetch(`${this.url}/anrok${path && `/${path}`}`, {
      method: form ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${HOST_API_KEY}`, ...headers },
      redirect: 'manual',
      ...(form && { body: form instanceof FormData ? form : new URLSearchParams(form) }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** The same for files: text goes in, and text comes out as it is. */
  async adminFile(method: string, path: string, file?: string | Uint8Array<ArrayBuffer>): Promise<AdminAnswer> {
    const answer = await fetch(`${this.url}/anrok/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${HOST_API_KEY}`, 'content-type': 'text/csv' },
      ...(file !== undefined && { body: file }),
    });
    const { status, headers } = answer;
    const type = headers.get('content-type') ?? '';
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
    return { status, type, body: type.includes('json') ? JSON.parse(text) : text };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.simulator.close();
  }
}

export interface AdminAnswer {
  readonly status: number;
  readonly type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever comes
  readonly body: any;
}

async function environmentFor(
  simulator: AnrokSimulator,
  { isConnected = false, database, appUrl }: FreshHost,
): Promise<Environment> {
  const { clientUrl, dbName } = database ?? (await emptyDatabase());
  return {
    port: 0,
    database: clientUrl ? { kind: 'postgresql', url: clientUrl } : { kind: 'sqlite', file: String(dbName) },
    apiKey: HOST_API_KEY,
    anrok: {
      ...(isConnected && { apiKey: simulator.apiKey }),
      baseUrl: simulator.url,
      ...(appUrl && { appUrl }),
      encryptionKey: HOST_ENCRYPTION_KEY,
    },
    webhooks: { signingKey: Buffer.alloc(32, 5), retentionDays: 30 },
    worker: false,
    flatTaxRate: '0.10',
    invoiceGracePeriod: 0,
    logFormat: 'text',
  };
}
