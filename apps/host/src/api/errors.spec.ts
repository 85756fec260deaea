import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { Client } from 'lago-javascript-client';
import { API_KEY, startHost, type TestHost } from './testing/host.starter.js';
import { refusalOf } from './testing/lago-refusal.js';

/** Stands for whatever else the application serves. */
@Controller('elsewhere')
class ElsewhereController {
  @Get()
  fail(): never {
    throw new Error('a secret that nobody may see');
  }
}

describe('the API', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost({ controllers: [ElsewhereController] });
  });
  afterAll(() => host.close());

  const send = async (path: string, init: RequestInit & { authorization?: string } = {}) => {
    const { authorization = `Bearer ${API_KEY}`, ...request } = init;
    const response = await fetch(`${host.url}${path}`, {
      ...request,
      headers: { authorization, 'content-type': 'application/json' },
    });
    return { status: response.status, body: await response.json() };
  };
  const post = (path: string, body: string) => send(path, { method: 'POST', body });

  it('lets nobody in with another key', async () => {
    const unauthorized = { status: 401, error: 'Unauthorized' };
    for (const key of ['wrong', '', `${API_KEY}x`, API_KEY.slice(1)])
      expect(await refusalOf(Client(key, { baseUrl: host.url }).customers.findAllCustomers())).toEqual(unauthorized);
    for (const authorization of ['', API_KEY, `Basic ${API_KEY}`, `Bearer ${API_KEY} ${API_KEY}`])
      expect(await send('/customers', { authorization })).toEqual({ status: 401, body: unauthorized });
  });

  it.each([
    '/customers',
    '/customers/a',
    '/add_ons',
    '/add_ons/a',
    '/invoices',
    '/invoices/a',
    '/billable_metrics',
    '/plans',
    '/subscriptions',
  ])('guards %s', async (path) => {
    expect(await send(path, { authorization: '' })).toMatchObject({ status: 401 });
  });

  it('says what is wrong with a body that is no JSON', async () => {
    expect(await post('/customers', '{"customer": {')).toEqual({
      status: 400,
      body: { status: 400, error: expect.stringMatching(/^BadRequest: .*JSON/) },
    });
  });

  it.each(['{}', '[]', '{"customer": null}', '{"customer": []}', '{"customer": "acme"}', ''])(
    'misses the customer in %j',
    async (body) => {
      expect(await post('/customers', body)).toEqual({
        status: 400,
        body: { status: 400, error: 'BadRequest: param is missing or the value is empty: customer' },
      });
    },
  );

  it('refuses a body that is too large', async () => {
    const name = 'x'.repeat(5 * 1024 * 1024);
    expect(await post('/customers', JSON.stringify({ customer: { external_id: 'a', name } }))).toEqual({
      status: 413,
      body: { status: 413, error: 'Payload Too Large' },
    });
  });

  it('does not know other paths', async () => {
    expect(await send('/coupons')).toEqual({
      status: 404,
      body: { status: 404, error: 'Not Found', code: 'resource_not_found' },
    });
  });

  it('is not led astray by names that objects have anyway', async () => {
    const body = '{"customer": {"external_id": "proto", "__proto__": {"name": "x"}, "constructor": {"name": "x"}}}';
    expect(await post('/customers', body)).toMatchObject({ status: 200, body: { customer: { name: null } } });
    expect(await post('/customers', '{"__proto__": {"customer": {"external_id": "x"}}}')).toMatchObject({
      status: 400,
    });
  });

  it('leaves the errors of other parts of the application alone', async () => {
    const response = await fetch(new URL('/elsewhere', host.url));
    expect(await response.json()).toEqual({ statusCode: 500, message: 'Internal server error' });
  });
});
