import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVERY, type ItemMapping, productFinder, toProducts } from './item-mapping.js';

const mapping = (itemType: string, itemId: string, productExternalId: string): ItemMapping => ({
  itemType,
  itemId,
  productExternalId,
});
const line = (id: string, type: string, item: string) => ({ id, item: { type, id: item } });

describe('toProducts', () => {
  const all = [
    mapping('add_on', 'setup', 'the-item'),
    mapping('add_on', EVERY, 'its-type'),
    mapping(EVERY, EVERY, 'fallback'),
  ];

  it.each([
    ['the mapping of the item itself', all, 'the-item'],
    ['the mapping of its whole type', all.slice(1), 'its-type'],
    ['the fallback', all.slice(2), 'fallback'],
  ])('takes %s first', (_, mappings, product) => {
    expect(toProducts([line('1', 'add_on', 'setup')], productFinder(mappings), 'anrok').get('1')).toBe(product);
  });

  it('does not take the mapping of another type, item or half a name', () => {
    const mappings = [mapping('metric', 'setup', 'a'), mapping('add_on', 'set', 'b'), mapping('add_on', 'setup2', 'c')];
    expect(() => toProducts([line('1', 'add_on', 'setup')], productFinder(mappings), 'anrok')).toThrow(
      expect.objectContaining({ code: 'item_not_mapped' }),
    );
  });

  it('names every item that has no product, once', () => {
    const lines = [line('1', 'add_on', 'x'), line('2', 'metric', 'y'), line('3', 'add_on', 'x')];
    expect(() => toProducts(lines, productFinder([]), 'anrok-eu')).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('add_on "x", metric "y" on connection "anrok-eu"'),
        items: [
          { type: 'add_on', id: 'x' },
          { type: 'metric', id: 'y' },
        ],
      }),
    );
  });

  it('does not depend on the order of the mappings', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (mappings) => {
        const lines = [line('1', 'add_on', 'setup')];
        const attempt = (given: readonly ItemMapping[]) => {
          try {
            return toProducts(lines, productFinder(given), 'anrok').get('1');
          } catch {
            return 'unmapped';
          }
        };
        expect(attempt(mappings)).toBe(attempt(mappings.toReversed()));
      }),
    );
  });
});

describe('productFinder', () => {
  const word = fc.constantFrom('add_on', 'metric', 'setup', EVERY);
  const table = fc.uniqueArray(fc.record({ itemType: word, itemId: word, productExternalId: fc.string() }), {
    selector: ({ itemType, itemId }) => `${itemType}/${itemId}`,
  });

  it.each([
    ['item', [mapping('add_on', 'setup', 'a'), mapping('add_on', EVERY, 'b'), mapping(EVERY, EVERY, 'c')], 'a'],
    ['type', [mapping('add_on', EVERY, 'b'), mapping(EVERY, EVERY, 'c'), mapping('add_on', 'pro', 'd')], 'b'],
    ['fallback', [mapping('metric', EVERY, 'b'), mapping(EVERY, EVERY, 'c'), mapping(EVERY, 'setup', 'd')], 'c'],
  ])('says that it is through the mapping of the %s', (through, mappings, productExternalId) => {
    expect(productFinder(mappings)({ type: 'add_on', id: 'setup' })).toEqual({ productExternalId, through });
  });

  it('finds nothing where no mapping is about the item', () => {
    const mappings = [mapping('add_on', 'pro', 'a'), mapping('metric', EVERY, 'b'), mapping(EVERY, 'setup', 'c')];
    expect(productFinder(mappings)({ type: 'add_on', id: 'setup' })).toBeUndefined();
  });

  it('agrees with what lines are sent as', () => {
    fc.assert(
      fc.property(table, word, word, (mappings, type, id) => {
        const found = productFinder(mappings)({ type, id })?.productExternalId;
        const send = () => toProducts([{ id: 'l', item: { type, id } }], productFinder(mappings), 'anrok').get('l');
        if (found === undefined) expect(send).toThrow(expect.objectContaining({ code: 'item_not_mapped' }));
        else expect(send()).toBe(found);
      }),
    );
  });
});
