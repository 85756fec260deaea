import { describe, expect, it } from '@jest/globals';
import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { EVERY, productFinder } from './item-mapping.js';
import { type MappingContext, toAnrokTransactions } from './to-anrok-transactions.js';

const context: MappingContext = {
  toTransactionId: (part: number) => `prod:inv-1:${part}`,
  connection: 'anrok',
  anrokCustomerId: 'anrok-cus-1',
  findProduct: productFinder([{ itemType: EVERY, itemId: EVERY, productExternalId: 'saas' }]),
  now: new Date('2026-03-15T12:00:00Z'),
};
const map = (document: Partial<TaxDocument>) => toAnrokTransactions(anInvoice(document), context);
const withCustomer = (customer: Partial<TaxDocument['customer']>) => ({
  customer: { ...anInvoice().customer, ...customer },
});

describe('toAnrokTransactions', () => {
  it('puts a whole document into Anrok’s words', () => {
    const lines = [aLine({ quantity: '12.3' }), aLine({ id: 'line-2', amount: -500, taxIncluded: true })];
    expect(map({ lines, taxDate: '2026-02-01', ...withCustomer({ taxIds: ['DE123456789'] }) })).toEqual([
      {
        transactionId: 'prod:inv-1:1',
        body: {
          currencyCode: 'USD',
          accountingDate: '2026-03-15',
          taxDate: '2026-02-01',
          customerId: 'anrok-cus-1',
          customerName: 'Acme Inc',
          customerAddress: {
            country: 'US',
            line1: '1450 Cherokee St',
            city: 'Denver',
            region: 'CO',
            postalCode: '80204',
          },
          customerTaxIds: [{ type: 'genericVatNumber', value: 'DE123456789' }],
          lineItems: [
            {
              id: 'line-1',
              productExternalId: 'saas',
              amount: 10_000,
              isTaxIncludedInAmount: false,
              quantity: '12.3',
            },
            { id: 'line-2', productExternalId: 'saas', amount: -500, isTaxIncludedInAmount: true },
          ],
        },
      },
    ]);
  });

  it('sends all tax ids once, and none that is blank', () => {
    const [draft] = map(withCustomer({ taxIds: ['DE1', ' ', 'FR2 ', 'DE1'] }));
    expect(draft?.body.customerTaxIds?.map(({ value }) => value)).toEqual(['DE1', 'FR2']);
    expect(map(withCustomer({ taxIds: ['  '] }))[0]?.body).not.toHaveProperty('customerTaxIds');
  });

  it.each([undefined, '', '  '])('never sends an empty name: %j', (name) => {
    const [draft] = map({ customer: { ...anInvoice().customer, ...(name === undefined ? {} : { name }) } });
    expect(draft?.body.customerName?.trim()).not.toBe('');
    const { name: _, ...nameless } = anInvoice().customer;
    expect(map({ customer: nameless })[0]?.body.customerName).toBe('cus-1');
  });

  it('leaves lines of amount zero out, mapped or not', () => {
    const lines = [aLine({ id: 'free', amount: 0 }), aLine({ id: 'paid' })];
    const [draft] = map({ lines });
    expect(draft?.body.lineItems.map((line) => line.id)).toEqual(['paid']);
    const unmapped = anInvoice({ lines: [aLine({ amount: 0 })] });
    expect(toAnrokTransactions(unmapped, { ...context, findProduct: productFinder([]) })).toEqual([]);
  });

  it('asks nothing of Anrok, nor an address of the customer, when nothing is to be taxed', () => {
    const { billingAddress: _, ...homeless } = anInvoice().customer;
    expect(map({ lines: [], customer: homeless })).toEqual([]);
    expect(map({ lines: [aLine({ amount: 0 })], customer: homeless })).toEqual([]);
  });

  it.each([
    [1_200, [1_200]],
    [1_201, [1_200, 1]],
    [3_000, [1_200, 1_200, 600]],
  ])('splits %i lines into transactions of %j', (count, sizes) => {
    const lines = Array.from({ length: count }, (_, index) => aLine({ id: `line-${index}` }));
    const drafts = map({ lines });
    expect(drafts.map((draft) => draft.body.lineItems.length)).toEqual(sizes);
    expect(drafts.flatMap((draft) => draft.body.lineItems.map((line) => line.id))).toEqual(
      lines.map((line) => line.id),
    );
    expect(new Set(drafts.map((draft) => draft.transactionId)).size).toBe(sizes.length);
  });

  it('finds an unmapped item and a missing address before anything is sent', () => {
    expect(() => toAnrokTransactions(anInvoice(), { ...context, findProduct: productFinder([]) })).toThrow(
      expect.objectContaining({ code: 'item_not_mapped' }),
    );
    const { billingAddress: _, ...homeless } = anInvoice().customer;
    expect(() => map({ customer: homeless })).toThrow(expect.objectContaining({ code: 'customer_address_unusable' }));
  });
});
