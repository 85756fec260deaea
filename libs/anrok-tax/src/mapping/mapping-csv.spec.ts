import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { EVERY, type ItemMapping } from './item-mapping.js';
import { readMappingCsv, toMappingCsv } from './mapping-csv.js';
import { flawsOf } from './mapping-notation.js';

const HEADER = 'item_type,item_id,item_name,product_external_id';
const read = (...lines: string[]) => readMappingCsv([HEADER, ...lines].join('\n'));
const mappingsOf = (csv: string) => readMappingCsv(csv).lines.map(({ mapping }) => mapping);

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^'{0,3}[=+\-@\t\r\n"',;＝]{1,3}[a-z]{0,3}$/),
  fc.constantFrom('fallback', ' x ', 'a\r\nb', '\uFEFFx', '""', "'", '=1+1', "'=1"),
);
const mapping: fc.Arbitrary<ItemMapping> = fc
  .oneof(
    fc.record({ itemType: fc.stringMatching(/^[A-Za-z0-9_.-]{1,64}$/), itemId: nasty, productExternalId: nasty }),
    fc.record({ itemType: fc.constantFrom('-x', 'add_on'), itemId: fc.constant(EVERY), productExternalId: nasty }),
    fc.record({ itemType: fc.constant(EVERY), itemId: fc.constant(EVERY), productExternalId: nasty }),
  )
  .filter((one) => flawsOf(one).length === 0);
const table = fc.uniqueArray(mapping, { selector: ({ itemType, itemId }) => JSON.stringify([itemType, itemId]) });

describe('a mapping table as CSV', () => {
  it('comes back as it went out, whatever stands in its cells', () => {
    fc.assert(
      fc.property(table, nasty, (mappings, name) => {
        const { lines, flaws } = readMappingCsv(toMappingCsv(mappings, () => name));
        expect(flaws).toEqual([]);
        expect(lines.map((line) => line.mapping)).toEqual(mappings);
      }),
      { numRuns: 500 },
    );
  });

  it('has no cell that a spreadsheet would calculate', () => {
    fc.assert(
      fc.property(table, nasty, (mappings, name) => {
        const cells = parse(
          toMappingCsv(mappings, () => name),
          { bom: true },
        ).flat();
        expect(cells).toHaveLength(4 * (mappings.length + 1));
        expect(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
      }),
    );
  });

  it('is written for people', () => {
    const mappings = [
      { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' },
      { itemType: 'metric', itemId: EVERY, productExternalId: '=1+1' },
      { itemType: EVERY, itemId: EVERY, productExternalId: 'not-taxable' },
    ];
    expect(toMappingCsv(mappings, ({ itemId }) => (itemId === 'setup' ? 'Set-up' : ''))).toBe(
      [
        '\uFEFF"item_type","item_id","item_name","product_external_id"',
        '"add_on","setup","Set-up","saas-business"',
        `"metric","","","'=1+1"`,
        '"fallback","","","not-taxable"',
        '',
      ].join('\r\n'),
    );
  });

  it.each([
    ['semicolons', 'item_type;item_id;product_external_id\nadd_on;a,b;x'],
    ['tabs', 'item_type\titem_id\tproduct_external_id\r\nadd_on\ta,b\tx\r\n'],
    ['columns in another order, and others', 'Product_External_Id,note, item_id,item_type\nx,hm,"a,b",add_on'],
    ['empty lines', `\n${HEADER}\n\n,,,\nadd_on,"a,b",,x\n\n`],
  ])('may have %s', (_, csv) => {
    expect(mappingsOf(csv)).toEqual([{ itemType: 'add_on', itemId: 'a,b', productExternalId: 'x' }]);
  });

  it.each([
    ['add_on,setup,,', 'the product id is missing'],
    [',setup,,x', 'the item type must be a word'],
    ['add on,setup,,x', 'the item type must be a word'],
    [`add_on,${'x'.repeat(256)},,x`, 'the item id has more than 255 characters'],
    ['add_on,setup,,sa\uFFFDs', 'the product id has characters that can not be read'],
    ['add_on,se\0tup,,x', 'the item id has characters that can not be read'],
    ['fallback,setup,,x', 'the fallback has no item id'],
    ['*,*,,x', 'the fallback is written as fallback'],
    ['add_on,*,,x', 'leave the item id empty'],
    ['add_on,setup,x', 'there are 3 cells under 4 columns'],
    ['add_on,setup,a,b,x', 'there are 5 cells under 4 columns'],
    ['add_on,"setup,,x', 'quote'],
  ])('does not take the line %j', (line, reason) => {
    const { flaws } = read(line);
    expect(flaws).toEqual([{ line: 2, reason: expect.stringContaining(reason) }]);
  });

  it('names every bad line by its number, also after line breaks in cells', () => {
    const lines = ['add_on,a,"two\r\nlines",x', 'add_on,b,,', '', 'add_on,c,,x', 'add_on,a,,y', ',,"",y'];
    const { lines: good, flaws } = readMappingCsv([HEADER, ...lines].join('\r\n'));
    expect(good.map(({ line }) => line)).toEqual([2, 6]);
    expect(flaws).toEqual([
      { line: 4, reason: 'the product id is missing' },
      { line: 7, reason: 'the item stands on line 2 already' },
      { line: 8, reason: expect.stringContaining('the item type') },
    ]);
  });

  it.each([
    ['cells of many line breaks', `${HEADER}\n${`add_on,"${'\n'.repeat(99_000)}x",,x\n`.repeat(20)}`],
    ['a cell of a million line breaks', `${HEADER}\nadd_on,"${'\n'.repeat(1_000_000)}x",,x`],
    ['a header of a million columns', `${'x,'.repeat(1_000_000)}${HEADER}\n${'a\n'.repeat(200_000)}`],
  ])('is read in no time with %s', (_, csv) => {
    const startedAt = performance.now();
    expect(readMappingCsv(csv).flaws[0]?.reason).toMatch(/^the (item id|line) has more than/);
    // minutes, if what is left of a line were read again for each of its characters
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it.each([
    ['', 'item_type and the column item_id and the column product_external_id'],
    ['item_type,item,product_external_id\na,b,c', 'the header lacks the column item_id'],
  ])('needs its columns: %j', (csv, reason) => {
    expect(readMappingCsv(csv)).toEqual({ lines: [], flaws: [{ line: 1, reason: expect.stringContaining(reason) }] });
  });
});
