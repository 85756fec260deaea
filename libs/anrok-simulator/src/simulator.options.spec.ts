import { describe, expect, it } from '@jest/globals';
import { type AnrokSimulatorOptions, startAnrokSimulator } from './index.js';
import { simulators } from './testing/simulators.js';

const start = simulators();

describe('the options of a simulator', () => {
  it('can all be left out', async () => {
    const simulator = await start();
    expect(simulator).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      apiKey: 'sandbox/key1/secret.simulator',
      sellerId: 'sandbox',
      features: { listTransactions: true, listFilings: true, validateTaxIds: true, certificateRequests: true },
    });
  });

  it.each<[AnrokSimulatorOptions, string]>([
    [{ apiKeys: [] }, 'apiKeys: name at least one key.'],
    [{ apiKeys: ['secret'] }, 'apiKeys: a key has the form sellerId/keyId/secret.'],
    [{ apiKeys: ['/key/secret'] }, 'apiKeys: a key has the form sellerId/keyId/secret.'],
    [{ requestsPerSecond: 0 }, 'requestsPerSecond: must be a whole number above 0, or null for no limit.'],
    [{ requestsPerSecond: 1.5 }, 'requestsPerSecond: must be a whole number above 0, or null for no limit.'],
    [
      { products: [{ externalId: 'a', taxCategoryId: { type: 'standard', id: 'bread' } }] },
      'products: there is no tax category bread.',
    ],
  ])('are refused where they make no sense: %j', async (options, sentence) => {
    await expect(startAnrokSimulator(options)).rejects.toThrow(sentence);
  });

  it('name a port that must be free', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(startAnrokSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
