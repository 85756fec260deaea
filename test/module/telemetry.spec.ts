import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LoggerService } from '@nestjs/common';
import { type Address, type TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';
import { RecordedTelemetry } from '../support/recorded-telemetry.js';

let telemetry: RecordedTelemetry;
let tested: ModuleUnderTest;
beforeEach(async () => {
  telemetry = new RecordedTelemetry();
  tested = await startModule({ telemetry, estimates: { usage: 'stale' } });
});
afterEach(async () => {
  await tested.close();
  await telemetry.close();
});

const CUSTOMER = anInvoice().customer;
const nowhere = { ...CUSTOMER, billingAddress: { country: 'US', line1: '1 Main St' } satisfies Address };
const unmapped = (id: string) => anInvoice({ id, lines: [aLine({ item: { type: 'add_on', id: 'rocket' } })] });

describe('the metrics', () => {
  it('count calls by operation and outcome', async () => {
    await tested.finalize(anInvoice());
    await tested.strategy.estimate(anInvoice({ id: 'draft-1' }));
    tested.simulator.faults.next('transactions.createEphemeral', { kind: 'reset' }, { times: 2 });
    await tested.strategy.estimate(anInvoice({ id: 'draft-2' })).catch(() => {});
    expect(await telemetry.counts('anrok.client.call.duration')).toEqual({
      'transactions.createOrUpdate ok': 1,
      'transactions.createEphemeral ok': 1,
      'transactions.createEphemeral anrok_network_error': 1,
    });
  });

  it('tell the waiting time by lane', async () => {
    await tested.finalize(anInvoice());
    await tested.strategy.estimate(anInvoice({ id: 'draft-1' }));
    expect(await telemetry.counts('anrok.client.wait.duration')).toEqual({ record: 1, interactive: 1 });
  });

  it('count runs by kind, result and problem', async () => {
    await tested.finalize(anInvoice());
    await tested.finalize(unmapped('inv-2'));
    tested.simulator.faults.next('any', { kind: 'status', status: 503 });
    await tested.finalize(anInvoice({ id: 'inv-3' }));
    expect(await telemetry.counts('anrok.sync.runs')).toEqual({
      'invoice applied': 1,
      'invoice waiting item_not_mapped': 1,
      'invoice retrying anrok_server_error': 1,
    });
    expect(await telemetry.counts('anrok.sync.duration')).toEqual({ applied: 1, waiting: 1, retrying: 1 });
  });

  it('show the backlog by connection and status, its age and what is overdue, zeroes too', async () => {
    await tested.finalize(unmapped('inv-1'));
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-2' })));
    tested.clock.advance(90_000);
    expect(await telemetry.counts('anrok.sync.backlog')).toEqual({
      'anrok pending': 1,
      'anrok processing': 0,
      'anrok retrying': 0,
      'anrok waiting': 1,
      'anrok failed': 0,
    });
    expect(await telemetry.counts('anrok.sync.backlog.age')).toMatchObject({ 'anrok waiting': 90, 'anrok failed': 0 });
    expect(await telemetry.counts('anrok.sync.overdue')).toEqual({ '': 90 });
    expect(await telemetry.counts('anrok.connection.paused')).toEqual({ anrok: 0 });
  });

  it('count what the cache of estimates had', async () => {
    const usage = (amount: number) =>
      tested.strategy.estimate(anInvoice({ lines: [aLine({ amount })] }), { purpose: 'usage' });
    await usage(100_000);
    await usage(100_000);
    await usage(123_456);
    tested.clock.advance(25 * 3_600_000);
    tested.simulator.faults.always('any', { kind: 'status', status: 503 });
    expect(await usage(100_000)).toMatchObject({ accuracy: 'stale' });
    expect(await telemetry.counts('anrok.estimate.cache.lookups')).toEqual({ miss: 2, hit: 1, estimated: 1, stale: 1 });
  });

  it('have as many series as there are kinds, however many documents and customers there are', async () => {
    const finalizeFor = async (n: number) => {
      await tested.links.link({ customerId: `customer-${n}`, connectionCode: 'anrok' });
      await tested.finalize(anInvoice({ id: `document-${n}`, customer: { ...CUSTOMER, id: `customer-${n}` } }));
    };
    await finalizeFor(1);
    const series = (await telemetry.points()).length;
    for (let n = 2; n <= 6; n++) await finalizeFor(n);
    const points = await telemetry.points();
    expect(points).toHaveLength(series);
    expect(new Set(points.flatMap(({ attributes }) => Object.keys(attributes)))).toEqual(
      new Set([
        'anrok.operation',
        'anrok.outcome',
        'anrok.lane',
        'anrok.document.kind',
        'anrok.sync.result',
        'anrok.connection',
        'anrok.sync.status',
      ]),
    );
  });
});

describe('the traces', () => {
  it('have a span for each run, and its calls as children', async () => {
    await tested.finalize(anInvoice());
    const [call, run] = telemetry.spans;
    const { id } = await tested.recordOf('inv-1');
    expect(run).toMatchObject({
      name: 'anrok sync',
      attributes: {
        'anrok.record.id': id,
        'anrok.document.kind': 'invoice',
        'anrok.document.id': 'inv-1',
        'anrok.connection': 'anrok',
        'anrok.sync.result': 'applied',
      },
    });
    expect(run!.parentSpanContext).toBeUndefined();
    expect(call).toMatchObject({
      name: 'anrok transactions.createOrUpdate',
      parentSpanContext: { spanId: run!.spanContext().spanId },
      attributes: {
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(tested.simulator.url).port),
        'anrok.operation': 'transactions.createOrUpdate',
        'anrok.lane': 'record',
        'anrok.transaction.id': 'host:invoice:inv-1',
        'anrok.outcome': 'ok',
      },
    });
  });

  it('do not hang a run on the trace of the request that woke the worker', async () => {
    const tracer = telemetry.tracerProvider.getTracer('host');
    await tracer.startActiveSpan('POST /invoices', async (span) => {
      await tested.finalize(anInvoice());
      span.end();
    });
    expect(telemetry.spans.map(({ name }) => name)).toContain('anrok sync');
    for (const { name, parentSpanContext } of telemetry.spans)
      if (name === 'anrok sync') expect(parentSpanContext).toBeUndefined();
  });

  it('say by its code why a call and a run failed', async () => {
    tested.simulator.faults.next('any', { kind: 'status', status: 503 });
    await tested.finalize(anInvoice());
    const [call, run] = telemetry.spans;
    expect(call!.attributes).toMatchObject({
      'http.response.status_code': 503,
      'anrok.outcome': 'anrok_server_error',
      'error.type': 'anrok_server_error',
    });
    expect(run!.attributes).toMatchObject({
      'anrok.sync.result': 'retrying',
      'anrok.problem.code': 'anrok_server_error',
      'error.type': 'anrok_server_error',
    });
    expect([call!.events, run!.events]).toEqual([[], []]);
  });
});

describe('what leaves the process', () => {
  const SECRETS = ['1450 Cherokee St', '80204', 'DE123456789', 'ada@example.com', 'Ada Lovelace', 'Umlautstrasse'];
  const ada = {
    ...CUSTOMER,
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    taxIds: ['DE123456789'],
  } as TaxDocument['customer'];

  it('holds ids and codes, and no key, address, tax id, name or message, whatever goes well or wrong', async () => {
    const said: unknown[][] = [];
    const say =
      (level: string) =>
      (...words: unknown[]) =>
        void said.push([level, ...words]);
    const levels = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'];
    tested.app.useLogger(Object.fromEntries(levels.map((level) => [level, say(level)])) as unknown as LoggerService);
    const invoice = (id: string, customer = ada) => anInvoice({ id, customer });
    const echo = { type: 'customerAddressCouldNotResolve', message: SECRETS.join(), apiKey: tested.simulator.apiKey };
    const leaky = Object.assign(new Error(`insert into t values ('${[tested.simulator.apiKey, ...SECRETS].join()}')`), {
      code: 'SQLITE_BUSY',
    });

    await tested.finalize(invoice('good'));
    await tested.strategy.estimate(invoice('draft'));
    await tested.finalize(invoice('nowhere', { ...ada, ...nowhere, name: 'Umlautstrasse' }));
    for (const [status, id] of [
      [400, 'bad'],
      [409, 'conflict'],
      [500, 'broken'],
    ] as const) {
      tested.simulator.faults.next('any', { kind: 'status', status, body: echo });
      await tested.finalize(invoice(id));
    }
    tested.simulator.faults.next('any', { kind: 'status', status: 400, body: echo });
    await tested.strategy.estimate(invoice('draft-2')).catch(() => {});
    jest.spyOn(tested.host, 'applyTaxes').mockRejectedValueOnce(leaky);
    await tested.finalize(invoice('host-broke'));
    tested.events.on('tax.applied', () => {
      throw leaky;
    });
    await tested.finalize(invoice('listener-broke'));
    tested.simulator.faults.next('any', { kind: 'status', status: 401, body: echo });
    await tested.finalize(invoice('key-refused'));

    const everything = inspect(
      [
        said,
        telemetry.spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
        (await telemetry.points()).map(({ attributes }) => attributes),
      ],
      { depth: 20, maxStringLength: null, maxArrayLength: null },
    );
    for (const id of ['bad', 'conflict', 'broken', 'host-broke', 'key-refused'])
      expect(everything).toContain(`'${id}'`);
    for (const code of ['anrok_bad_request', 'customer_address_unusable', 'SQLITE_BUSY', 'unexpected_error'])
      expect(everything).toContain(code);
    const secret = tested.simulator.apiKey.split('/').at(-1)!;
    for (const hidden of [...SECRETS, tested.simulator.apiKey, secret]) expect(everything).not.toContain(hidden);
  });
});
