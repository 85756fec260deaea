import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AnrokSimulator, startAnrokSimulator } from '../index.js';
import { aTransaction } from '../testing/document.builder.js';
import { reply } from '../testing/simulators.js';

/** A body that every operation accepts, or at least finds in shape. */
const WELL_FORMED: Readonly<Record<string, unknown>> = {
  'transactions/createEphemeral': { ...aTransaction(''), id: undefined },
  'transactions/createOrUpdate': {
    ...aTransaction('inv-1', { customerId: 'cus-1', customerName: 'Acme', taxDate: '2026-01-01' }),
    customerTaxIds: [{ type: 'euVrn', value: 'DE123456789' }],
  },
  'transactions/createNegation': { originalTransactionId: 'inv-1', newTransactionId: 'neg' },
  'transactions/id:inv-1/void': { transactionExpectedVersion: 1 },
  'transactions/list': { filter: { type: 'lastModifiedAfter', value: '2026-01-01T00:00:00.000Z' }, limit: 3 },
  'products/create': { externalId: 'sku', taxCategoryId: { type: 'standard', id: 'saasBusiness' }, name: 'S' },
  'products/externalId:sku/get': {},
  'productTaxCategories/list': {},
  'integrations/id:simulator/productIdMapping/list': {},
  'integrations/id:simulator/productIdMapping/add': { sourceId: 'a', targetId: 'saas-business', shouldOverwrite: true },
  'certificates/create': {
    customerId: 'cus-1',
    customerName: 'Acme',
    effectiveDateBegin: '2026-01-01',
    certificateFile: { name: 'a.pdf', contentsBase64: 'Y2VydA==' },
    jurises: [{ jurisId: 'us-CO', effectiveDateEndi: '2027-01-01' }],
  },
  'certificates/id:ctec00000001/get': {},
  'certificates/list': { filter: { status: 'active' }, limit: 3 },
  'certificates/id:ctec00000001/archive': {},
  'certificateRequests/create': { customerId: 'cus-1', customerName: 'Acme', emailAddress: 'a@b.example' },
  'taxId/validate': { customerAddress: { country: 'FR' }, customerTaxIds: [{ value: 'FR12345678901' }] },
  'filings/list': { filter: { jurisId: 'us-CO', periodEndDateRangeInclusive: '2026-01..2026-03' }, limit: 3 },
};

let simulator: AnrokSimulator;
beforeAll(async () => {
  simulator = await startAnrokSimulator({ requestsPerSecond: null });
});
afterAll(() => simulator.close());

const send = (path: string, body: string | Buffer) =>
  reply(`${simulator.url}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${simulator.apiKey}`, 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });

/** A value with one of its parts, however deep, replaced by another one. */
function mutated(value: unknown, random: unknown, choices: readonly number[]): unknown {
  const [choice = 0, ...rest] = choices;
  if (typeof value !== 'object' || value === null || rest.length === 0) return random;
  const keys = Object.keys(value);
  if (keys.length === 0) return { surprise: random };
  const key = keys[choice % keys.length]!;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  copy[key] = mutated(copy[key], random, rest);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

describe.each(Object.entries(WELL_FORMED))('%s', (path, body) => {
  it('finds its own body in shape', async () => {
    expect([200, 409]).toContain((await send(`/v1/seller/${path}`, JSON.stringify(body))).status);
  });

  it('answers 200, 400 or 409 to whatever it is sent', async () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', -0, 1e21, '__proto__', '\ud800', '9999-12-31', '0000-01-01'),
    );
    const aMutation = fc
      .tuple(anything, fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }))
      .map(([random, choices]) => JSON.stringify(mutated(body, random, choices)) ?? 'undefined');
    const aBody = fc.oneof(
      { weight: 4, arbitrary: aMutation },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
    );
    await fc.assert(
      fc.asyncProperty(aBody, async (sent) => {
        expect([200, 400, 409]).toContain((await send(`/v1/seller/${path}`, sent)).status);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the control plane', () => {
  it.each(['faults', 'freeze', 'features'])(
    'answers 200 or 400 to whatever %s is sent',
    async (command) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (sent) => {
          expect([200, 400]).toContain((await send(`/_simulator/${command}`, sent)).status);
        }),
      );
    },
    60_000,
  );

  it('shows books and calls after all that', async () => {
    for (const command of ['books', 'calls'])
      expect(await reply(`${simulator.url}/_simulator/${command}`)).toMatchObject({ status: 200 });
  });
});

describe('ids and paths', () => {
  it('of any characters are found or not, and never break anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webPath(),
          fc.webSegment().map((id) => `/v1/seller/transactions/id:${id}/void`),
        ),
        async (path) => {
          expect([200, 404, 409]).toContain((await send(path, '{}')).status);
        },
      ),
    );
  });

  it('survive as they are from creation to voiding', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), async (id) => {
        await send('/v1/seller/transactions/createOrUpdate', JSON.stringify(aTransaction(id)));
        expect((await send(`/v1/seller/transactions/id:${encodeURIComponent(id)}/void`, '{}')).status).toBe(200);
        expect(simulator.books.transaction(id)?.state).toBe('voided');
      }),
    );
  });
});

describe('nesting without end', () => {
  it('is refused', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await send('/v1/seller/transactions/list', `{"filter":${deep}}`)).toMatchObject({ status: 400 });
    expect(await send('/v1/seller/transactions/list', '{}')).toMatchObject({ status: 200 });
    expect((await reply(`${simulator.url}/_simulator/calls`)).status).toBeLessThan(500);
  });
});
