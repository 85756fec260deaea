import type { SellerBooks } from '../books/seller.books.js';
import { Conflict } from '../wire/conflict.js';

/** Without a name a customer must be known; with one, it is created or gets that name. */
export function enterCustomer(books: SellerBooks, id: string, name: string | undefined): Conflict | undefined {
  if (name !== undefined) books.customers.enter({ id, name });
  return books.customers.has(id) ? undefined : new Conflict('customerIdNotFound');
}
