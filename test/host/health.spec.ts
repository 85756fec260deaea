import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('the health of the host', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  async function health(path = '') {
    const answer = await fetch(`${host.url}/health${path}`);
    // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever comes
    return { status: answer.status, body: (await answer.json()) as any };
  }

  it('is up while nothing is open, without a key', async () => {
    const { status, body } = await health();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      details: {
        database: { status: 'up' },
        anrokTax: { status: 'up', documents: {}, oldestSeconds: null, overdueSeconds: null, pausedConnections: [] },
      },
    });
  });

  it('is degraded, and ready all the same, while documents are given up and a key is refused', async () => {
    await host.customer('acme', DENVER);
    host.simulator.faults.next('any', { kind: 'status', status: 401 });
    await host.invoice('acme', {});
    host.clock.advance(6_000);
    const { status, body } = await health('/ready');
    expect(status).toBe(200);
    expect(body.details.anrokTax).toMatchObject({
      status: 'degraded',
      documents: { waiting: 1 },
      pausedConnections: ['anrok'],
      reasons: [expect.stringContaining('paused')],
    });
    await host.admin('POST', 'connections/anrok/test');
    await host.work();
    host.clock.advance(6_000);
    expect((await health('/ready')).body.details.anrokTax).toMatchObject({ status: 'up', pausedConnections: [] });
  });

  it('is down once due work has lain untouched for a quarter of an hour, and up again once it is done', async () => {
    await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'pro', unit_amount_cents: 1_000 }] },
    });
    host.clock.advance(14 * 60_000);
    expect((await health('/ready')).status).toBe(200);
    host.clock.advance(2 * 60_000);
    const { status, body } = await health('/ready');
    expect(status).toBe(503);
    expect(body.error.anrokTax).toMatchObject({
      status: 'down',
      overdueSeconds: 960,
      reasons: [expect.stringContaining('nobody takes it up')],
    });
    expect((await health('/live')).status).toBe(200);
    await host.work();
    host.clock.advance(6_000);
    expect((await health('/ready')).status).toBe(200);
  });

  it('shows numbers and no names', async () => {
    expect(JSON.stringify((await health('/ready')).body)).not.toMatch(/acme|Cherokee|secret/);
  });

  it('is at most five seconds old: many probes are one look', async () => {
    host.clock.advance(6_000);
    await health('/ready');
    await host.customer('nomad');
    await host.invoice('nomad', {});
    host.clock.advance(4_900);
    expect((await health('/ready')).body.details.anrokTax.documents).toEqual({});
    host.clock.advance(200);
    expect((await health('/ready')).body.details.anrokTax.documents).toEqual({ waiting: 1 });
  });
});

describe('the metrics of the host', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await host.invoice('acme', {});
    await host.customer('nomad');
    await host.invoice('nomad', {});
  });
  afterAll(() => host.close());

  const scrape = (key?: string) =>
    fetch(`${host.url}/metrics`, { headers: key ? { authorization: `Bearer ${key}` } : {} });

  it('are for whoever has the key', async () => {
    expect((await scrape()).status).toBe(401);
    expect((await scrape('wrong')).status).toBe(401);
  });

  it('are what Prometheus reads', async () => {
    const answer = await scrape('test_key');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    for (const line of [
      /^# TYPE anrok_client_call_duration histogram$/m,
      /^anrok_client_call_duration_count\{anrok_operation="transactions\.createOrUpdate",anrok_outcome="ok"\} 1$/m,
      /^anrok_client_wait_duration_count\{anrok_lane="record"\} 1$/m,
      /^anrok_sync_runs_total\{anrok_document_kind="invoice",anrok_sync_result="applied"\} 1$/m,
      /^anrok_sync_runs_total\{anrok_document_kind="invoice",anrok_sync_result="waiting",anrok_problem_code="customer_address_unusable"\} 1$/m,
      /^anrok_sync_backlog\{anrok_connection="anrok",anrok_sync_status="waiting"\} 1$/m,
      /^anrok_sync_backlog\{anrok_connection="anrok",anrok_sync_status="failed"\} 0$/m,
      /^anrok_sync_backlog_age\{anrok_connection="anrok",anrok_sync_status="waiting"\} 0$/m,
      /^anrok_sync_overdue 0$/m,
      /^anrok_connection_paused\{anrok_connection="anrok"\} 0$/m,
    ])
      expect(text).toMatch(line);
  });

  it('name no document and no customer', async () => {
    expect(await (await scrape('test_key')).text()).not.toMatch(/acme|nomad|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });
});
