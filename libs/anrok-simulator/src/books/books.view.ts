import type { Address } from '../tax/address.resolution.js';
import type { IsoDate } from '../tax/jurisdiction.js';
import { type CalculationAnswer, taxToCollect, toCalculationAnswer } from '../wire/transaction.answer.js';
import type { Certificate, CertificateRequest, Customer, Product, SellerBooks } from './seller.books.js';
import type { Transaction } from './transaction.js';

/** What one seller's account holds, for assertions: plain data, fresh with every call. */
export interface Books {
  /** In order of creation, voided ones included. */
  readonly transactions: () => BookedTransaction[];
  readonly transaction: (id: string) => BookedTransaction | undefined;
  /** Sum of `taxAmountToCollect` over the transactions in force among these; voided and unknown ones count nothing. */
  readonly netTaxOf: (which: readonly string[] | ((transaction: BookedTransaction) => boolean)) => number;
  readonly customers: () => Customer[];
  readonly products: () => Product[];
  readonly certificates: () => Certificate[];
  readonly certificateRequests: () => CertificateRequest[];
}

export interface BookedTransaction {
  readonly id: string;
  readonly version: number;
  readonly state: 'normal' | 'voided';
  /** Only on a negation: the transaction that it reverses. */
  readonly negationOf?: string;
  readonly frozen: boolean;
  /** In capitals. */
  readonly currency: string;
  readonly customerId: string | null;
  /** As sent with the last change. */
  readonly customerName: string | null;
  readonly accountingDate: IsoDate;
  readonly taxDate: IsoDate;
  readonly address: Address;
  readonly taxIds: readonly string[];
  readonly lines: readonly {
    readonly id: string | null;
    readonly productExternalId: string;
    readonly amount: number;
    readonly taxIncluded: boolean;
    readonly taxAmountToCollect: number;
  }[];
  /** Of a voided transaction: what it was. */
  readonly taxAmountToCollect: number;
  /** What the last change answered, or, of a negation, would have. */
  readonly answer: CalculationAnswer & { readonly version: number };
  readonly createdTime: string;
  readonly modifiedTime: string;
}

export function booksView(books: SellerBooks): Books {
  const transactions = () => books.transactions.all().map(toBooked);
  const transaction = (id: string) => {
    const found = books.transactions.find(id);
    return found && toBooked(found);
  };
  return {
    transactions,
    transaction,
    netTaxOf: (which) => {
      const chosen =
        typeof which === 'function'
          ? transactions().filter(which)
          : [...new Set(which)].flatMap((id) => transaction(id) ?? []);
      return chosen
        .filter(({ state }) => state === 'normal')
        .reduce((sum, { taxAmountToCollect }) => sum + taxAmountToCollect, 0);
    },
    customers: () => structuredCopy(books.customers.all()),
    products: () => structuredCopy(books.products.all()),
    certificates: () => structuredCopy(books.certificates.all()),
    certificateRequests: () => structuredCopy(books.certificateRequests.all()),
  };
}

function toBooked(transaction: Transaction): BookedTransaction {
  const { content, version } = transaction;
  return structuredCopy({
    id: transaction.id,
    version,
    state: transaction.state,
    ...(transaction.negationOf === null ? {} : { negationOf: transaction.negationOf }),
    frozen: transaction.isFrozen,
    currency: content.currencyCode,
    customerId: content.customerId,
    customerName: content.customerName,
    accountingDate: content.accountingDate,
    taxDate: content.taxDate,
    address: content.address,
    taxIds: content.taxIds,
    lines: content.lines.map(({ id, productExternalId, amount, taxIncluded, taxAmountToCollect }) => ({
      id,
      productExternalId,
      amount,
      taxIncluded,
      taxAmountToCollect,
    })),
    taxAmountToCollect: taxToCollect(content.lines),
    answer: { version, ...toCalculationAnswer(content.lines) },
    createdTime: transaction.createdTime,
    modifiedTime: transaction.modifiedTime,
  });
}

/** So that a test that writes into what it was given doesn't write into the books. Plain data only. */
function structuredCopy<T>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}
