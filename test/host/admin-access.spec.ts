import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AdminExtras, AnrokTaxModule, anrokTaxEntities } from '@anrok-nest/module';
import { anrokTaxMigrations } from '@anrok-nest/module/migrations';
import { InMemoryBillingHost } from '@anrok-nest/module/testing';
import { MikroORM } from '@mikro-orm/core';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import type { CanActivate, INestApplication } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { Test } from '@nestjs/testing';
import { emptyDatabase, ormOptions } from '../support/database.js';
import { HostUnderTest } from '../support/host-under-test.js';
import { ENCRYPTION_KEY } from '../support/module-under-test.js';
import { problem } from '../support/problem.js';

const CONNECTION = { code: 'eu', name: 'Europe', apiKey: 'eu/key/secret.eu' };

describe('the admin API behind a guard', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  const send = (headers: Record<string, string>, method = 'POST', key?: string) =>
    host.admin(method, 'connections', method === 'POST' ? CONNECTION : undefined, key, headers);
  const connections = async () => (await host.admin('GET', 'connections')).body.connections.length;

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
  ] as Record<string, string>[])(
    'changes nothing for a page of another site, though the credentials are right: %j',
    async (headers) => {
      expect(await send(headers)).toEqual(problem(403, 'cross_site_request'));
      expect(await connections()).toBe(1);
    },
  );

  it('shows what there is to whoever follows a link from elsewhere', async () => {
    expect((await send({ 'sec-fetch-site': 'cross-site' }, 'GET')).status).toBe(200);
  });

  it('takes changes from its own pages and from programs, if the credentials are right', async () => {
    expect((await send({ 'sec-fetch-site': 'same-origin', origin: host.url }, 'POST', 'wrong')).status).toBe(401);
    expect((await send({ 'sec-fetch-site': 'same-origin', origin: host.url })).status).toBe(201);
    // 409 once it is there: taken in, and refused for what it says
    expect((await send({ origin: host.url })).status).toBe(409);
    expect((await send({})).status).toBe(409);
  });

  it('reads no form that a page of another site could send', async () => {
    const form = { 'content-type': 'text/plain' };
    expect(await send(form)).toEqual(problem(400, 'invalid_request'));
  });
});

describe('the admin API of a host', () => {
  let app: INestApplication | undefined;
  const start = async (admin?: AdminExtras) => {
    const testing = await Test.createTestingModule({
      imports: [
        EventEmitterModule.forRoot(),
        MikroOrmModule.forRoot(
          ormOptions(await emptyDatabase(), {
            entities: anrokTaxEntities,
            migrations: { migrationsList: anrokTaxMigrations, snapshot: false },
          }) as never,
        ),
        AnrokTaxModule.forRoot({
          encryptionKey: ENCRYPTION_KEY,
          billingHost: InMemoryBillingHost,
          worker: { enabled: false },
          ...(admin && { admin }),
        }),
      ],
    }).compile();
    app = testing.createNestApplication({ logger: false });
    await app.get(MikroORM).migrator.up();
    await app.listen(0, '127.0.0.1');
    return app.getUrl();
  };
  const statusOf = async (url: string, init: RequestInit = {}) => {
    const { status } = await fetch(url, init);
    await app?.close();
    return status;
  };

  it('is not there where it was not asked for', async () => {
    expect(await statusOf(`${await start()}/anrok/api/connections`)).toBe(404);
  });

  it('is forbidden to whom the guard says no', async () => {
    class Nobody implements CanActivate {
      canActivate() {
        return false;
      }
    }
    expect(await statusOf(`${await start({ guard: Nobody })}/anrok/api/connections`)).toBe(403);
  });

  it('is everybody’s where that is said in words, but not other sites’; under a path of its own', async () => {
    const open = {
      allowUnauthenticated: 'everybody who reaches it may see and change everything',
      path: 'tax',
    } as const;
    expect(await statusOf(`${await start(open)}/tax/api/connections`)).toBe(200);
    const cross = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } };
    expect(await statusOf(`${await start(open)}/tax/api/connections`, cross)).toBe(403);
  });

  it('is described under its path', async () => {
    const open = {
      allowUnauthenticated: 'everybody who reaches it may see and change everything',
      path: 'tax',
    } as const;
    const answer = await fetch(`${await start(open)}/tax/api/openapi.json`);
    const { paths } = (await answer.json()) as { paths: object };
    await app?.close();
    expect(Object.keys(paths).every((path) => path.startsWith('/tax/api/'))).toBe(true);
  });
});
