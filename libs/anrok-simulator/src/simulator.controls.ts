import { type BooksArchive, sellerOf } from './books/books.archive.js';
import { type Books, booksView } from './books/books.view.js';
import { freezeWhere, unfreezeAll } from './books/freezing.js';
import type { SellerBooks } from './books/seller.books.js';
import type { CallLog, Calls } from './call.log.js';
import type { Faults, FaultScript } from './faults/fault.script.js';
import type { Features, Settings } from './simulator.options.js';
import type { IsoDate } from './tax/jurisdiction.js';

/** What a test sees and steers. Where a seller can be named, the default is that of `apiKey`. */
export interface SimulatorControls {
  /** The first of the keys. */
  readonly apiKey: string;
  readonly sellerId: string;
  readonly books: Books;
  /** @throws Error for a seller that has no key */
  readonly booksOf: (sellerId: string) => Books;
  readonly calls: Calls;
  readonly faults: Faults;
  readonly features: Features;
  /** Switches premium endpoints on and off; what isn't named stays as it is. */
  readonly setFeatures: (changes: Partial<Features>) => void;
  /** Freezes for filing every transaction in force whose accounting date is before that date. */
  readonly freeze: (period: { readonly before: IsoDate }, sellerId?: string) => void;
  /** @throws Error when there is no such transaction in force */
  readonly freezeTransaction: (transactionId: string, sellerId?: string) => void;
  /** Nothing is frozen any more. */
  readonly unfreeze: (sellerId?: string) => void;
}

interface Parts {
  readonly settings: Settings;
  readonly archive: BooksArchive;
  readonly calls: CallLog;
  readonly faults: FaultScript;
}

export function simulatorControls({ settings, archive, calls, faults }: Parts): SimulatorControls {
  const apiKey = settings.apiKeys[0]!;
  let features = settings.features;

  const booksOf = (sellerId = sellerOf(apiKey)): SellerBooks => {
    const books = archive.find(sellerId);
    if (!books) throw new Error(`There is no seller ${sellerId}: none of the apiKeys is of that name.`);
    return books;
  };
  const change = (sellerId: string | undefined, apply: (books: SellerBooks) => void) => {
    apply(booksOf(sellerId));
    archive.save();
  };

  return {
    apiKey,
    sellerId: sellerOf(apiKey),
    books: booksView(booksOf()),
    booksOf: (sellerId) => booksView(booksOf(sellerId)),
    calls,
    faults,
    get features() {
      return features;
    },
    setFeatures: (changes) => {
      features = { ...features, ...changes };
    },
    freeze: ({ before }, sellerId) =>
      change(sellerId, (books) => freezeWhere(books, ({ content }) => content.accountingDate < before)),
    freezeTransaction: (id, sellerId) =>
      change(sellerId, (books) => {
        if (books.transactions.find(id)?.state !== 'normal') throw new Error(`There is no transaction ${id} in force.`);
        freezeWhere(books, (transaction) => transaction.id === id);
      }),
    unfreeze: (sellerId) => change(sellerId, unfreezeAll),
  };
}
