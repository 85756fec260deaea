import type { Address } from '../tax/address.resolution.js';
import type { IsoDate } from '../tax/jurisdiction.js';
import type { TaxedLine } from '../tax/taxed-line.js';

/** A transaction as the books keep it: plain data, replaced as a whole, never changed in place. */
export interface Transaction {
  readonly id: string;
  /** From 1; rises with every accepted change. */
  readonly version: number;
  readonly state: 'normal' | 'voided';
  /** The id of the transaction that it reverses. */
  readonly negationOf: string | null;
  readonly isFrozen: boolean;
  /** ISO 8601, UTC. */
  readonly createdTime: string;
  readonly modifiedTime: string;
  /** Rises with every change in the books, so that a list stays in order where two times are the same. */
  readonly sequence: number;
  readonly content: TransactionContent;
}

export interface TransactionContent {
  /** In capitals. */
  readonly currencyCode: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly address: Address;
  readonly taxIds: readonly string[];
  readonly accountingDate: IsoDate;
  readonly taxDate: IsoDate;
  readonly lines: readonly TaxedLine[];
}
