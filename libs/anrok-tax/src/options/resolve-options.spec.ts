import { describe, expect, it } from '@jest/globals';
import { AnrokTaxOptions } from './resolve-options.js';

const encryptionKey = Buffer.alloc(32, 7).toString('base64');

describe('the options', () => {
  it('are complete with nothing but the key', () => {
    expect(AnrokTaxOptions.from({ encryptionKey })).toMatchObject({
      baseUrl: 'https://api.anrok.com',
      transactionIdPrefix: 'host',
      requestsPerSecond: 10,
      worker: { enabled: true, concurrency: 8, pollIntervalMs: 1_000, leaseMs: 60_000 },
      retry: { firstDelayMs: 1_000 },
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
      worker: { concurrency: 0, leaseMs: 10 },
      retry: { firstDelayMs: -1 },
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
      '  - worker.concurrency must be a whole number from 1 to 1000, not 0.',
      '  - worker.leaseMs must be a whole number from 1000 to 86400000, not 10.',
      '  - retry.firstDelayMs must be a whole number from 1 to 86400000, not -1.',
      '  - events.invoiceFinalized must have a name and a function subject(payload).',
    ]);
  });

  it('never repeat the encryption key in what they say', () => {
    const secret = 'x'.repeat(43);
    expect(() => AnrokTaxOptions.from({ encryptionKey: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});
