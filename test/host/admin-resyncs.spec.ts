import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResyncService } from '@anrok-nest/module';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('the admin API, for many documents', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
    await host.customer('acme', DENVER);
    await host.stock('rare', 10_000);
    await host.invoice('acme', {});
    await host.invoice('acme', { add_on_code: 'rare', unit_amount_cents: 10_000 });
  });
  afterAll(() => host.close());

  const UNKNOWN = '00000000-0000-7000-8000-000000000000';

  it('shows what is not done, and since when', async () => {
    const requested = host.clock.now().toISOString();
    expect((await host.admin('GET', 'backlog')).body).toEqual({
      backlog: [{ connectionCode: 'anrok', status: 'waiting', count: 1, oldestRequestedAt: requested }],
    });
  });

  it('says what a resync would do, without doing it', async () => {
    const { status, body } = await host.admin('POST', 'resyncs/plan', { connection: 'anrok' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ documents: 1, calls: 0, blocked: { item_not_mapped: { documents: 1 } } });
  });

  it('starts a resync, shows how far it is, refuses a second one, and cancels', async () => {
    const { status, body: run } = await host.admin('POST', 'resyncs', {});
    expect([status, run]).toEqual([202, expect.objectContaining({ status: 'running', done: 0, requestedBy: 'admin' })]);
    expect(await host.admin('POST', 'resyncs', {})).toMatchObject({
      status: 409,
      body: { code: 'resync_already_running', remedy: expect.any(String) },
    });
    await host.admin('POST', `resyncs/${run.id}/cancel`);
    await host.app.get(ResyncService, { strict: false }).drain();
    expect((await host.admin('GET', `resyncs/${run.id}`)).body).toMatchObject({ status: 'cancelled' });
    expect((await host.admin('GET', 'resyncs')).body.resyncs).toHaveLength(1);
    expect(await host.admin('GET', `resyncs/${UNKNOWN}`)).toMatchObject({
      status: 404,
      body: { code: 'resync_run_not_found' },
    });
  });

  it.each([
    ['resyncs/plan', { statuses: ['odd'] }, 'invalid_request'],
    ['resyncs/plan', { from: 'soon' }, 'invalid_resync_filter'],
    ['resyncs', { all: true }, 'invalid_request'],
    ['records/retry', { kind: 'order' }, 'invalid_request'],
  ])('refuses %s with %j', async (route, body, code) => {
    expect(await host.admin('POST', route, body)).toMatchObject({ status: 400, body: { code } });
  });

  it('tries everything of a cause again', async () => {
    expect(await host.admin('POST', 'records/retry', { problemCode: 'item_not_mapped' })).toMatchObject({
      status: 202,
      body: { documents: 1 },
    });
    expect((await host.admin('POST', 'records/retry', { problemCode: 'other' })).body).toEqual({ documents: 0 });
  });

  it('lets nobody in without the host’s key', async () => {
    for (const [method, route] of [
      ['GET', 'backlog'],
      ['GET', 'resyncs'],
      ['POST', 'resyncs'],
      ['POST', 'resyncs/plan'],
      ['POST', 'records/retry'],
    ] as const)
      expect(await host.admin(method, route, method === 'POST' ? {} : undefined, 'wrong')).toMatchObject({
        status: 401,
      });
  });
});
