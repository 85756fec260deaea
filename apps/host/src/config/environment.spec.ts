import { describe, expect, it } from '@jest/globals';
import { EnvironmentError, readEnvironment } from './environment.js';

const KEY = Buffer.alloc(32, 0xab);

describe('readEnvironment', () => {
  it('needs nothing on the own machine', () => {
    expect(readEnvironment({})).toEqual({
      port: 3000,
      database: { kind: 'sqlite', file: 'data/host.sqlite' },
      apiKey: 'host_api_key',
      anrok: { encryptionKey: expect.any(Buffer) },
      webhooks: { signingKey: expect.any(Buffer), retentionDays: 30 },
      worker: true,
      flatTaxRate: '0.10',
      invoiceGracePeriod: 0,
      logFormat: 'text',
    });
    expect(readEnvironment({}).anrok.encryptionKey).toHaveLength(32);
    expect(readEnvironment({}).webhooks.signingKey).toHaveLength(32);
  });

  it('takes what is given', () => {
    const given = {
      PORT: '8080',
      DATABASE_URL: 'postgres://postgres@127.0.0.1:5432/host',
      HOST_API_KEY: 'secret',
      ANROK_API_KEY: 'sellerId/keyId/secret.xyz',
      ANROK_BASE_URL: 'http://127.0.0.1:4010/',
      ANROK_APP_URL: 'http://127.0.0.1:4011/',
      ANROK_ENCRYPTION_KEY: KEY.toString('base64'),
      ANROK_DECRYPTION_KEYS: `${KEY.toString('hex')}, ${KEY.toString('base64')}`,
      WEBHOOK_SIGNING_KEY: KEY.toString('hex'),
      WEBHOOK_RETENTION_DAYS: '7',
      WORKER: 'off',
      REDIS_URL: 'rediss://me:secret@redis.example:6380/1',
      FLAT_TAX_RATE: '0',
      INVOICE_GRACE_PERIOD: '3',
      LOG_FORMAT: 'json',
    };
    expect(readEnvironment(given)).toEqual({
      port: 8080,
      database: { kind: 'postgresql', url: 'postgres://postgres@127.0.0.1:5432/host' },
      apiKey: 'secret',
      anrok: {
        apiKey: 'sellerId/keyId/secret.xyz',
        baseUrl: 'http://127.0.0.1:4010',
        appUrl: 'http://127.0.0.1:4011',
        encryptionKey: KEY,
        decryptionKeys: [KEY, KEY],
      },
      webhooks: { signingKey: KEY, retentionDays: 7 },
      worker: false,
      redisUrl: 'rediss://me:secret@redis.example:6380/1',
      flatTaxRate: '0',
      invoiceGracePeriod: 3,
      logFormat: 'json',
    });
  });

  it('counts a blank variable as absent', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ', ANROK_API_KEY: '' })).toEqual(readEnvironment({}));
  });

  it('takes the SQLite file from its variable, unless there is a PostgreSQL', () => {
    expect(readEnvironment({ SQLITE_FILE: ':memory:' }).database).toEqual({ kind: 'sqlite', file: ':memory:' });
    expect(readEnvironment({ SQLITE_FILE: 'x', DATABASE_URL: 'postgresql://h/n' }).database.kind).toBe('postgresql');
  });

  it.each([KEY.toString('hex'), KEY.toString('hex').toUpperCase(), KEY.toString('base64').replace('=', '')])(
    'reads 32 bytes from %s',
    (text) => expect(readEnvironment({ ANROK_ENCRYPTION_KEY: text }).anrok.encryptionKey).toEqual(KEY),
  );

  it.each([
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['WORKER', 'constructor'],
    ['REDIS_URL', 'localhost:6379'],
    ['DATABASE_URL', 'mysql://127.0.0.1/host'],
    ['HOST_API_KEY', 'two words'],
    ['ANROK_API_KEY', 'two words'],
    ['ANROK_BASE_URL', 'api.anrok.com'],
    ['ANROK_APP_URL', 'app.anrok.com'],
    ['ANROK_ENCRYPTION_KEY', 'too short'],
    ['ANROK_ENCRYPTION_KEY', Buffer.alloc(31).toString('base64')],
    ['ANROK_ENCRYPTION_KEY', Buffer.alloc(33).toString('base64')],
    ['WEBHOOK_SIGNING_KEY', 'whsec_'],
    ['WEBHOOK_RETENTION_DAYS', '0'],
    ['WEBHOOK_RETENTION_DAYS', '3651'],
    ['FLAT_TAX_RATE', '20'],
    ['FLAT_TAX_RATE', '-0.1'],
    ['FLAT_TAX_RATE', '20%'],
    ['INVOICE_GRACE_PERIOD', '-1'],
    ['INVOICE_GRACE_PERIOD', '366'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(
      expect.objectContaining({ problems: [expect.stringMatching(new RegExp(`^${name}: give .+\\.$`))] }),
    );
  });

  it('tells everything that is wrong at once, and no secret', () => {
    const wrong = { PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@h/n', ANROK_ENCRYPTION_KEY: 'hunter2' };
    expect(() => readEnvironment(wrong)).toThrow(EnvironmentError);
    expect(() => readEnvironment(wrong)).toThrow(/PORT: [^]*DATABASE_URL: [^]*ANROK_ENCRYPTION_KEY: /);
    expect(() => readEnvironment(wrong)).not.toThrow(/hunter2/);
  });

  it('has no default for a secret in production', () => {
    expect(() => readEnvironment({ NODE_ENV: 'production' })).toThrow(
      expect.objectContaining({
        problems: ['HOST_API_KEY', 'ANROK_ENCRYPTION_KEY', 'WEBHOOK_SIGNING_KEY'].map((name) =>
          expect.stringMatching(new RegExp(`^${name}: `)),
        ),
      }),
    );
    const key = KEY.toString('hex');
    const secrets = { HOST_API_KEY: 'k', ANROK_ENCRYPTION_KEY: key, WEBHOOK_SIGNING_KEY: key };
    const given = { NODE_ENV: 'production', ...secrets };
    expect(readEnvironment(given).apiKey).toBe('k');
  });
});
