import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { z } from 'zod';
import { aCertificate, aComputedTransaction, aFiling, aPage, aStoredTransaction } from '../testing/answers.js';
import { certificate, createdCertificate } from './certificate.js';
import { certificateRequest } from './certificate-request.js';
import { computedTransaction, recordedTransaction } from './computed-transaction.js';
import { filing } from './filing.js';
import { pageOf } from './page.js';
import { product, productTaxCategories } from './product.js';
import { productIdMappings } from './product-id-mapping.js';
import { nothing } from './scalars.js';
import { storedTransaction } from './stored-transaction.js';
import { taxIdAnswer } from './tax-id.js';

const category = { type: 'standard', id: 'saasBusiness' };

/**
 * A good answer of each kind, the fields that may be missing or null (null is how Anrok says "none"), and those where
 * null says something of its own, so that they must be there.
 */
const ANSWERS: Record<string, { schema: z.ZodType; good: object; optional?: RegExp; nullable?: RegExp }> = {
  computedTransaction: {
    schema: computedTransaction,
    good: aComputedTransaction(),
    optional: /^lineItems\.\d+\.id$|\.reason$|jurises\.0\.taxes$|jurises\.1\.notTaxedReason$/,
    nullable: /notTaxedReasons$/,
  },
  recordedTransaction: {
    schema: recordedTransaction,
    good: { version: 1, taxAmountToCollect: 0, lineItems: [], preTaxAmount: '-0.5', jurisSummaries: [] },
  },
  storedTransaction: {
    schema: storedTransaction,
    good: aStoredTransaction(),
    optional:
      /^sourceBillingSystem(\.\w+)?$|^body\.customer(\.name)?$|\.address\.\w+$|\.seen$|\.taxIdValidation$|lineItems\.\d+\.(id|quantity|unitPrice)$|\.product(\.(internalId|externalId|name|productTaxCategory))?$|productTaxCategory\.name$|\.rate$/,
  },
  page: {
    schema: pageOf('filings', filing),
    good: aPage({ filings: [aFiling()] }, 'c1'),
  },
  lastPage: {
    schema: pageOf('filings', filing),
    good: aPage({ filings: [aFiling()] }),
    optional: /^nextCursor$/,
  },
  certificate: { schema: certificate, good: aCertificate(), optional: /^expiryDate$|effectiveDateEndi$/ },
  createdCertificate: { schema: createdCertificate, good: { id: 'cert-1' } },
  certificateRequest: {
    schema: certificateRequest,
    good: { requestId: 'cre_3', requestLink: 'https://app.anrok.test/cre_3' },
  },
  product: { schema: product, good: { externalId: 'a', taxCategoryId: category, name: 'A', description: '' } },
  productTaxCategories: {
    schema: productTaxCategories,
    good: { productTaxCategories: [{ id: category, name: 'SaaS' }] },
  },
  taxIdAnswer: {
    schema: taxIdAnswer,
    good: {
      jurises: [{ name: 'Quebec', taxIdNames: { name: 'QST', abbreviation: null }, validTaxIds: [{ value: '1' }] }],
    },
    optional: /abbreviation$/,
  },
};

type Path = readonly (string | number)[];

/** Where every object key of an answer stands, at any depth. */
function fieldsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const path = [...at, key];
    return Array.isArray(value) ? fieldsOf(item, path) : [path, ...fieldsOf(item, path)];
  });
}

function changed(answer: object, path: Path, change: (holder: Record<string, unknown>, key: string) => void): object {
  const copy = structuredClone(answer);
  const holder = path.slice(0, -1).reduce((node: object, key) => (node as Record<string, object>)[key]!, copy);
  change(holder as Record<string, unknown>, String(path.at(-1)));
  return copy;
}

const fits = (path: Path, ...patterns: (RegExp | undefined)[]) => patterns.some((it) => it?.test(path.join('.')));

/** One of another type than what stands there, and never null. */
const retyped = (value: unknown) =>
  fc
    .constantFrom<unknown>('text', 7, 0.5, true, [], {}, [{}], '1e9')
    .filter((other) => JSON.stringify(other) !== JSON.stringify(value));

describe.each(Object.entries(ANSWERS))('an answer that is a %s', (_, { schema, good, optional, nullable }) => {
  const fields = fieldsOf(good);
  const read = (answer: unknown) => schema.safeParse(answer).success;

  it('is read when it is good, and with keys that nobody knows yet, which are dropped', () => {
    const expected = schema.parse(good);
    expect(schema.parse({ ...good, addedLater: { deep: 1 } })).toEqual(expected);
    expect(expected).not.toHaveProperty('addedLater');
  });

  it('is unreadable without any field that it needs', () => {
    for (const path of fields)
      expect([path, read(changed(good, path, (holder, key) => delete holder[key]))]).toEqual([
        path,
        fits(path, optional),
      ]);
  });

  it('is unreadable when a field that it needs is null', () => {
    for (const path of fields)
      expect([path, read(changed(good, path, (holder, key) => (holder[key] = null)))]).toEqual([
        path,
        fits(path, optional, nullable),
      ]);
  });

  it('is unreadable when a field has another type', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fields).chain((path) => {
          const value = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], good);
          return fc.tuple(fc.constant(path), fc.constant(value), retyped(value));
        }),
        ([path, value, other]) => {
          // another text, number or list may well be as good; nothing is known of what may stand in place of null
          fc.pre(value !== null && (typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value)));
          expect([path, read(changed(good, path, (holder, key) => (holder[key] = other)))]).toEqual([path, false]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([null, undefined, [], 'text', 7, true])('is unreadable when it is %j altogether', (answer) => {
    expect(read(answer)).toBe(false);
  });

  it('takes nothing from a prototype that the answer brings along', () => {
    const [name] = fields.find((path) => path.length === 1 && !fits(path, optional))!;
    const { [name as never]: value, ...rest } = good;
    const answer = JSON.parse(
      `{"__proto__":{"${name}":${JSON.stringify(value)}},${JSON.stringify(rest).slice(1)}`.replace(',}', '}'),
    );
    expect(read(answer)).toBe(false);
  });
});

describe('money in an answer', () => {
  const withDecimal = (preTaxAmount: unknown) =>
    computedTransaction.safeParse({ ...aComputedTransaction(), preTaxAmount });
  const withWhole = (taxAmountToCollect: unknown) =>
    computedTransaction.safeParse({ ...aComputedTransaction(), taxAmountToCollect });

  it.each(['0', '-0.0481', '29577.3304', '1'.repeat(30), `0.${'9'.repeat(30)}`])('may be the decimal %s', (text) => {
    expect(withDecimal(text).success).toBe(true);
  });

  it.each([
    '',
    ' 1',
    '1e5',
    '+1',
    '.5',
    '5.',
    '1,5',
    'NaN',
    'Infinity',
    '0x10',
    '1'.repeat(31),
    `0.${'9'.repeat(31)}`,
    15,
  ])('may not be the decimal %j', (text) => {
    expect(withDecimal(text).success).toBe(false);
  });

  it.each([0, 722, -722, Number.MAX_SAFE_INTEGER])('may be %d to collect', (amount) => {
    expect(withWhole(amount).success).toBe(true);
  });

  it.each([0.5, 2 ** 53, Number.NaN, Infinity, '722', null])('may not be %j to collect', (amount) => {
    expect(withWhole(amount).success).toBe(false);
  });
});

describe('words in an answer', () => {
  it('are kept when nobody knows them yet', () => {
    const answer = aComputedTransaction();
    answer.jurisSummaries[0]!.notTaxedReasons![0] = { type: 'newType', reason: { type: 'newReason' } };
    expect(computedTransaction.parse(answer).jurisSummaries[0]?.notTaxedReasons).toEqual([
      { type: 'newType', reason: { type: 'newReason' } },
    ]);
    expect(certificate.parse({ ...aCertificate(), status: 'suspended' }).status).toBe('suspended');
    const { body: _, ...later } = { ...aStoredTransaction(), type: 'later' };
    expect(storedTransaction.parse(later)).toMatchObject({ type: 'later', body: null });
  });

  it('are null where Anrok leaves them out', () => {
    const answer = { jurises: [{ name: 'GST', taxIdNames: { name: 'GST' }, validTaxIds: [] }] };
    expect(taxIdAnswer.parse(answer).jurises[0]?.taxIdNames.abbreviation).toBeNull();
  });
});

describe('a jurisdiction', () => {
  it.each([
    ['neither taxes nor a reason', { name: 'Texas' }],
    ['null for both', { name: 'Texas', taxes: null, notTaxedReason: null }],
    ['no taxes in its list and no reason', { name: 'Texas', taxes: [] }],
  ])('with %s is no answer, and never zero tax', (_, juris) => {
    const answer = aComputedTransaction();
    const jurises = [juris];
    expect(computedTransaction.safeParse({ ...answer, lineItems: [{ ...answer.lineItems[0], jurises }] }).success).toBe(
      false,
    );
  });
});

describe('an answer that says nothing', () => {
  it('is an object or empty', () => {
    for (const answer of [{}, { added: 'later' }, undefined]) expect(nothing.parse(answer)).toBeUndefined();
    for (const answer of [null, [], 'OK', '<html></html>', true]) expect(nothing.safeParse(answer).success).toBe(false);
  });
});

describe('product id mappings', () => {
  it('are objects of texts, and set no trap', () => {
    const answer = JSON.parse('[{"billing-1":"pro-plan","__proto__":"x"},{}]');
    expect(productIdMappings.parse(answer)).toEqual([{ 'billing-1': 'pro-plan' }, {}]);
    for (const wrong of [[{ a: 1 }], [null], {}, 'text'])
      expect(productIdMappings.safeParse(wrong).success).toBe(false);
  });
});

// about 5 ms outside of a test runner
it('an answer of 1,200 lines in eight jurisdictions each is checked in no time', () => {
  const [, juris] = aComputedTransaction().lineItems[0]!.jurises;
  const line = { ...aComputedTransaction().lineItems[0], jurises: Array.from({ length: 8 }, () => juris) };
  const answer = { ...aComputedTransaction(), lineItems: Array.from({ length: 1200 }, () => line) };
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    computedTransaction.parse(answer);
    return performance.now() - startedAt;
  });
  expect(Math.min(...times)).toBeLessThan(500);
});
