import { z } from 'zod';
import { isFiledWith } from '../books/filings.js';
import { pageOf } from '../books/paging.js';
import type { Transaction } from '../books/transaction.js';
import { jurisId, listBody } from '../schema/paging.schema.js';
import { Conflict } from '../wire/conflict.js';
import { toTransactionDetail } from '../wire/transaction.detail.js';
import { defineOperation } from './operation.js';

const filter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('lastModifiedAfter'),
    // the API's examples leave the milliseconds out, its refusals ask for them: with them, both are content
    value: z.iso.datetime({ precision: 3, error: 'Expected a time in UTC like "2026-01-31T12:00:00.000Z".' }),
  }),
  z.strictObject({
    type: z.literal('filingInfo'),
    value: z.strictObject({
      filingAssociationStatus: z.literal('associated'),
      jurisId,
      jurisFilingId: z.string(),
    }),
  }),
]);
type Filter = z.output<typeof filter>;

export const listTransactions = defineOperation({
  name: 'transactions.list',
  path: 'transactions/list',
  refusesIn: 'text',
  body: listBody(filter, { default: 10, max: 20 }),
  run(request, { books, features }) {
    if (!features.listTransactions) return new Conflict('listTransactionsApiNotEnabled');
    const page = pageOf<Transaction, Filter>(
      {
        list: `transactions of ${books.sellerId}`,
        filter,
        // by modification: what changes while the pages are read comes up again at the end
        keyOf: ({ sequence }) => String(sequence).padStart(16, '0'),
        select: (chosen) => books.transactions.all().filter((transaction) => matches(transaction, chosen)),
      },
      request,
    );
    if (page instanceof Conflict) return page;
    const transactions = page.items.map((transaction) => toTransactionDetail(transaction, books));
    return { transactions, nextCursor: page.nextCursor, hasMore: page.hasMore };
  },
});

function matches(transaction: Transaction, chosen: Filter | undefined): boolean {
  if (!chosen) return true;
  // both are ISO 8601 in UTC with milliseconds, so that texts compare as times
  if (chosen.type === 'lastModifiedAfter') return transaction.modifiedTime > chosen.value;
  return isFiledWith(transaction, chosen.value);
}
