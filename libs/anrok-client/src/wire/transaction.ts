import type { AccountingTimeZone } from './accounting-time-zone.js';
import type { AnrokAddress } from './address.js';
import type { IsoDate } from './scalars.js';

export interface AnrokLineItem {
  /** Given back with the line's tax; Anrok does nothing else with it. */
  readonly id?: string;
  /** A product id that is set up in Anrok: it decides how the line is taxed. */
  readonly productExternalId: string;
  /** Whole number of the currency's smallest unit, within ±100,000,000,000. Negative for a credit. */
  readonly amount: number;
  /** Default: false, tax comes on top of the amount. */
  readonly isTaxIncludedInAmount?: boolean;
  /** Decimal string: "12.3". */
  readonly quantity?: string;
}

export interface AnrokCustomerTaxId {
  /** Without effect on the tax. */
  readonly type: 'genericVatNumber' | 'euVrn';
  readonly value: string;
}

/**
 * When the sale took place, which decides its return. Anrok refuses a date together with a zone, and needs one of
 * date and time. At most 31 days ahead, not before 1999.
 */
type AccountingMoment =
  | { readonly accountingDate: IsoDate; readonly accountingTime?: string; readonly accountingTimeZone?: never }
  | {
      readonly accountingDate?: never;
      /** ISO 8601 date-time. */
      readonly accountingTime: string;
      /** Default: the zone of the seller account. */
      readonly accountingTimeZone?: AccountingTimeZone;
    };

interface TransactionContent {
  /** One to 1,200 lines (the upper limit is observed, not documented). */
  readonly lineItems: readonly AnrokLineItem[];
  /** ISO 4217, in any case. */
  readonly currencyCode: string;
  /** Where the product is delivered or used. */
  readonly customerAddress: AnrokAddress;
  /** Default: the seller's address. */
  readonly shipFromAddress?: AnrokAddress;
  /** Ties the sale to a customer of Anrok's, and so to the exemption certificates. Without a name it must exist. */
  readonly customerId?: string;
  /** With `customerId`: a recorded transaction creates the customer if there is none. */
  readonly customerName?: string;
  readonly customerTaxIds?: readonly AnrokCustomerTaxId[];
  /** The day whose rates apply. Default: the accounting date. */
  readonly taxDate?: IsoDate;
}

/** To compute tax for: it is not stored. */
export type AnrokEphemeralTransaction = TransactionContent & AccountingMoment;

/** To be stored under the caller's id; sent again under the same id, it replaces what is there. */
export type AnrokTransaction = AnrokEphemeralTransaction & { readonly id: string };

/** The exact inverse of a stored transaction, under a new id. */
export interface AnrokNegation {
  readonly originalTransactionId: string;
  readonly newTransactionId: string;
  /** Refused unless this is the original's present version. */
  readonly originalTransactionExpectedVersion?: number;
}

export interface AnrokVoid {
  /** Refused unless this is the transaction's present version. */
  readonly transactionExpectedVersion?: number;
}
