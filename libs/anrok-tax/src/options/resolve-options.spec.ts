import { describe, expect, it } from '@jest/globals';
import { AnrokTaxOptions } from './resolve-options.js';

const encryptionKey = Buffer.alloc(32, 7).toString('base64');

describe('the options', () => {
  it('are complete with nothing but the key', () => {
    expect(AnrokTaxOptions.from({ encryptionKey })).toMatchObject({
      baseUrl: 'https://api.anrok.com',
      transactionIdPrefix: 'host',
      requestsPerSecond: 10,
      estimates: { draft: 'fail', oneOff: 'fail', preview: 'fail', fee: 'fail', usage: 'fail', wallet: 'fail' },
      estimateCache: { freshForMs: 86_400_000, staleForMs: 30 * 86_400_000 },
      worker: { enabled: true, concurrency: 8, pollIntervalMs: 1_000, idleIntervalMs: 30_000, leaseMs: 60_000 },
      retry: { firstDelayMs: 1_000 },
      retention: { attemptDays: 365, resyncRunDays: 365, recordDays: null },
      resync: { cron: '0 3 * * *', timeZone: 'UTC', batchSize: 50 },
      events: { invoiceFinalized: { name: 'invoice.finalized' }, customerUpdated: { name: 'customer.updated' } },
    });
  });

  it('take undefined for not given, and a key in hex', () => {
    const options = AnrokTaxOptions.from({
      encryptionKey: 'ab'.repeat(32),
      baseUrl: undefined,
      worker: { concurrency: undefined, enabled: false },
    });
    expect(options).toMatchObject({ baseUrl: 'https://api.anrok.com', worker: { concurrency: 8, enabled: false } });
  });

  it('name everything that is wrong at once, and what to give', () => {
    const wrong = {
      encryptionKey: 'short',
      baseUrl: 'ftp://anrok',
      transactionIdPrefix: 'a:b',
      requestsPerSecond: 0.5,
      estimates: { draft: 'zero', one_off: 'fail' } as never,
      estimateCache: { freshForMs: -1, store: 'redis://cache' as never },
      worker: { concurrency: 0, leaseMs: 10 },
      retry: { firstDelayMs: -1 },
      resync: { cron: 'at night', timeZone: 'Paris', batchSize: 0 },
      events: { invoiceFinalized: { name: '', subject: () => undefined } },
      typo: true,
    };
    let message = '';
    try {
      AnrokTaxOptions.from(wrong);
    } catch (error) {
      expect(error).toMatchObject({ name: 'AnrokTaxConfigurationError', code: 'anrok_tax_configuration' });
      ({ message } = error as Error);
    }
    expect(message.split('\n').slice(1)).toEqual([
      '  - typo is not an option; remove it.',
      '  - encryptionKey must be 32 bytes in base64 or hex; make one with: openssl rand -base64 32',
      '  - baseUrl must be an address like https://api.anrok.com, not ftp://anrok.',
      '  - transactionIdPrefix must be 1 to 40 letters, digits, dots, dashes or underscores, not a:b.',
      '  - requestsPerSecond must be a whole number from 1 to 10000, not 0.5.',
      '  - estimates.one_off is not an option; remove it.',
      "  - estimates.draft must be 'fail', 'pending' or 'stale', not zero.",
      '  - estimateCache.freshForMs must be a whole number from 0 to 2592000000, not -1.',
      '  - estimateCache.store must be a Keyv or a storage adapter for one, such as new KeyvRedis(url).',
      '  - worker.concurrency must be a whole number from 1 to 1000, not 0.',
      '  - worker.leaseMs must be a whole number from 1000 to 86400000, not 10.',
      '  - retry.firstDelayMs must be a whole number from 1 to 86400000, not -1.',
      "  - resync.cron must be a cron expression such as '0 3 * * *', or null for never, not at night.",
      '  - resync.timeZone must be the name of a time zone such as Europe/Paris, not Paris.',
      '  - resync.batchSize must be a whole number from 1 to 1000, not 0.',
      '  - events.invoiceFinalized must have a name and a function subject(payload).',
    ]);
  });

  it.each([null, '0 3 * * *', '*/10 * * * * *', '@daily', '0 3 * * MON'])('take %j for when to resync', (cron) => {
    expect(AnrokTaxOptions.from({ encryptionKey, resync: { cron } }).resync.cron).toBe(cron);
  });

  it.each(['', '3', '61 * * * *', '0 0 30 2 *', 5 as never])('do not take %j for when to resync', (cron) => {
    expect(() => AnrokTaxOptions.from({ encryptionKey, resync: { cron } })).toThrow('resync.cron must be');
  });

  it('bring neither a prototype nor a constructor along', () => {
    const file = JSON.parse('{"__proto__":null,"worker":{"constructor":null,"concurrency":3}}') as object;
    const options = AnrokTaxOptions.from({ encryptionKey: Buffer.alloc(32).toString('base64'), ...file });
    expect(options).toBeInstanceOf(AnrokTaxOptions);
    expect(options.worker.concurrency).toBe(3);
  });

  it('never repeat the encryption key in what they say', () => {
    const secret = 'x'.repeat(43);
    expect(() => AnrokTaxOptions.from({ encryptionKey: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});
