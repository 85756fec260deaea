import { type Address, assertTaxDocument, type TaxableLine, type TaxDocument } from '@anrok-nest/tax';
import fc from 'fast-check';
import { nastyText } from '../support/fuzzing.js';

const name = (...words: string[]) => nastyText(...words, 'a', '1', ' ', ':', '/');
const id = name('acme', 'line-1').filter((text) => text.trim() !== '');
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const address: fc.Arbitrary<Address> = fc.record(
  {
    line1: name('1450 Cherokee St'),
    line2: name('Suite 4'),
    city: name('Denver'),
    region: name('CO', 'Quebec'),
    postalCode: name('80204'),
    country: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('US', 'us ', 'USA', 'Deutschland', 'Türkiye', 'CA', 'AQ', 'UK') },
      name('US', 'Germany', 'constructor'),
    ),
  },
  { requiredKeys: [] },
);

const day = fc.oneof(
  fc.constantFrom('2026-03-15', '0000-01-01', '0000-02-29', '9999-12-31', '1998-12-31', '2028-02-29'),
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
);

const amount = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1_000_000, max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, -1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER) },
);

const line: fc.Arbitrary<TaxableLine> = fc
  .record({
    id,
    item: fc.record({ type: fc.oneof(fc.constantFrom('add_on', '*', '__proto__'), id), id }),
    amount,
    quantity: optional(fc.constantFrom('1', '-0', '0012.50', '9'.repeat(30), `0.${'0'.repeat(29)}1`)),
    taxIncluded: fc.boolean(),
  })
  .map(({ quantity, ...rest }) => ({ ...rest, ...(quantity !== undefined && { quantity }) }));

const lines = fc.uniqueArray(line, { selector: (one) => one.id, maxLength: 8 });

/** Documents that are valid, and unlike any that somebody would write. */
export const oddDocument: fc.Arbitrary<TaxDocument> = fc
  .record({
    kind: fc.constantFrom('invoice' as const, 'fee' as const),
    id,
    currency: fc.constantFrom('USD', 'JPY', 'KWD', 'CLF', 'XAU'),
    accountingDate: day,
    taxDate: optional(day),
    customer: fc
      .record({
        id,
        name: optional(name('Acme Inc')),
        taxIds: fc.array(name('DE123456789'), { maxLength: 3 }),
        shippingAddress: optional(address),
        billingAddress: optional(address),
      })
      .map(withoutUndefined),
    lines,
  })
  .map(withoutUndefined)
  .filter(isValid);

/** As odd, and with more lines than one transaction takes. Not made smaller where they fail: that would take for ever. */
export const longDocument: fc.Arbitrary<TaxDocument> = fc.noShrink(
  fc
    .tuple(oddDocument, line, fc.integer({ min: 1_199, max: 2_402 }))
    .map(([document, one, times]) => ({ ...document, lines: repeated(one, times) })),
);

/** With amounts below and above zero, and zero; under ids that are short, because each of them is compared. */
function repeated(line: TaxableLine, times: number): TaxableLine[] {
  return Array.from({ length: times }, (_, index) => ({ ...line, id: `line-${index}`, amount: index - 600 }));
}

function withoutUndefined<T extends object>(given: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

function isValid(document: TaxDocument): boolean {
  try {
    assertTaxDocument(document);
    return true;
  } catch {
    return false;
  }
}
