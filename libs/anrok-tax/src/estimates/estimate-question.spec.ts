import { describe, expect, it } from '@jest/globals';
import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { productFinder } from '../mapping/item-mapping.js';
import { toAnrokTransactions } from '../mapping/to-anrok-transactions.js';
import { toQuestion } from './estimate-question.js';

const connection = { id: 'connection-1', sellerId: 'seller', encryptedApiKey: 'v1.key' };
const acme = anInvoice().customer;

function questionOf(
  document: Partial<TaxDocument>,
  context: { anrokCustomerId?: string; product?: string; connection?: Partial<typeof connection> } = {},
) {
  const invoice = anInvoice(document);
  const drafts = toAnrokTransactions(invoice, {
    toTransactionId: String,
    connection: 'anrok',
    anrokCustomerId: context.anrokCustomerId ?? 'cus-1',
    findProduct: productFinder([
      { itemType: 'add_on', itemId: 'setup', productExternalId: context.product ?? 'saas' },
      { itemType: 'add_on', itemId: 'book', productExternalId: 'books' },
    ]),
    now: new Date('2026-03-15T12:00:00Z'),
  });
  return toQuestion({ ...connection, ...context.connection }, invoice.customer.id, drafts);
}
const keyOf = (...given: Parameters<typeof questionOf>) => questionOf(...given).key;
const book = { item: { type: 'add_on', id: 'book' } };

describe('the key of a question', () => {
  it.each<[string, Partial<TaxDocument>]>([
    ['the amounts', { lines: [aLine({ amount: -7 })] }],
    ['the quantities', { lines: [aLine({ quantity: '3' })] }],
    ['how many lines of a kind there are', { lines: [aLine(), aLine({ id: 'line-2' })] }],
    ['lines of amount zero', { lines: [aLine(), aLine({ id: 'line-2', amount: 0, ...book })] }],
    ['the document’s id', { id: 'inv-2' }],
    ['the customer’s name', { customer: { ...acme, name: 'Acme Ltd' } }],
    ['blanks in the address', { customer: { ...acme, billingAddress: { ...acme.billingAddress, city: ' Denver ' } } }],
  ])('is the same whatever %s', (_, document) => {
    expect(keyOf(document)).toBe(keyOf({}));
  });

  it('is the same on every day of the books, where another day decides the rates', () => {
    const at = (accountingDate: string) => keyOf({ accountingDate, taxDate: '2026-03-01' });
    expect(at('2026-03-02')).toBe(at('2026-03-14'));
    expect(keyOf({ accountingDate: '2026-03-01' })).toBe(at('2026-03-02'));
  });

  it.each<[string, Parameters<typeof questionOf>]>([
    ['the day', [{ accountingDate: '2026-03-14' }]],
    ['the day that decides the rates', [{ taxDate: '2026-03-14' }]],
    ['the currency', [{ currency: 'EUR' }]],
    ['the address', [{ customer: { ...acme, billingAddress: { ...acme.billingAddress, city: 'Boulder' } } }]],
    ['the address that is used', [{ customer: { ...acme, shippingAddress: { country: 'FR' } } }]],
    ['a tax id', [{ customer: { ...acme, taxIds: ['FR40303265045'] } }]],
    ['whether prices include tax', [{ lines: [aLine({ taxIncluded: true })] }]],
    ['another kind of line beside', [{ lines: [aLine(), aLine({ id: 'line-2', ...book })] }]],
    ['the mapping', [{}, { product: 'other' }]],
    ['the link', [{}, { anrokCustomerId: 'other' }]],
    ['the connection', [{}, { connection: { id: 'connection-2' } }]],
    ['the account', [{}, { connection: { sellerId: 'other' } }]],
    ['the API key', [{}, { connection: { encryptedApiKey: 'v1.other' } }]],
  ])('changes with %s', (_, given) => {
    expect(keyOf(...given)).not.toBe(keyOf({}));
  });

  it('does not depend on the order of lines and tax ids', () => {
    const lines = [aLine(), aLine({ id: 'line-2', ...book })];
    const customer = (taxIds: string[]) => ({ ...acme, taxIds });
    expect(keyOf({ lines, customer: customer(['A', 'B']) })).toBe(
      keyOf({ lines: lines.toReversed(), customer: customer(['B', 'A']) }),
    );
  });

  it('tells nothing of what it stands for', () => {
    expect(keyOf({ customer: { ...acme, taxIds: ['FR40303265045'] } })).toMatch(/^[0-9a-f]{64}$/);
  });
});

it('a question is about the lines of all parts of a document that is too long for one transaction', () => {
  const lines = Array.from({ length: 1_201 }, (_, index) => aLine({ id: `l${index}`, amount: index }));
  expect(questionOf({ lines }).lines).toHaveLength(1_200);
  expect(questionOf({ lines: [...lines, aLine({ id: 'last' })] }).lines).toHaveLength(1_201);
});
