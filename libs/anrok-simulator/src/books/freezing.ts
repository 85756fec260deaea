import type { SellerBooks } from './seller.books.js';
import type { Transaction } from './transaction.js';

/** Freezes for filing what is in force and satisfies a condition. What is entered later is late, and not frozen. */
export function freezeWhere(books: SellerBooks, condition: (transaction: Transaction) => boolean): void {
  for (const transaction of books.transactions.all())
    if (transaction.state === 'normal' && !transaction.isFrozen && condition(transaction))
      books.transactions.enter({ ...transaction, isFrozen: true });
}

export function unfreezeAll(books: SellerBooks): void {
  for (const transaction of books.transactions.all())
    if (transaction.isFrozen) books.transactions.enter({ ...transaction, isFrozen: false });
}
