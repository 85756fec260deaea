import type { ProductTaxCategoryId } from './product-tax-category.js';

/** YYYY-MM-DD */
export type IsoDate = string;

/**
 * How a jurisdiction treats a product: the share of the price that its rate applies to ("1", "0.8"), or no tax at all.
 * `exempt` differs from `notTaxed` in what the answer says: a taxable product, but not in this transaction.
 */
export type Treatment = `${number}` | 'notTaxed' | 'exempt' | 'notSupported';
export type Taxability = Readonly<Record<ProductTaxCategoryId, Treatment>>;

/** Oldest first; each holds until the next one starts. */
export type Rates = readonly { readonly from: IsoDate; readonly rate: string }[];

/** The buyer's registration with a jurisdiction. */
export interface BuyerTaxId {
  readonly name: string;
  readonly abbreviation: string | null;
  /** Matched against the id in capitals, without spaces, dots and dashes. */
  readonly pattern: RegExp;
  /** Whether a buyer with such an id accounts for the tax, so that the seller collects none. */
  readonly reverseCharge: boolean;
}

/** One authority that an address falls under. */
export interface Jurisdiction {
  /** Of the return that its tax is filed with: "us-TX", "eu-oss". Authorities may share one. */
  readonly id: string;
  /** Tells authorities of one return apart; empty for the one that files it. */
  readonly regionId: string;
  readonly name: string;
  /** Below a state: left out of the answer for a product that it doesn't tax, where a state is listed with a reason. */
  readonly isLocal: boolean;
  /**
   * `paidBySeller`: the tax is shown, but the seller bears it. `notCollecting`: the seller isn't registered there.
   * `noTax`: the jurisdiction levies none.
   */
  readonly standing: 'collecting' | 'paidBySeller' | 'notCollecting' | 'noTax';
  readonly taxName: string;
  readonly rates: Rates;
  readonly taxability: Taxability;
  /** The state whose exemption certificates hold here, too. US only. */
  readonly certificateJurisId?: string;
  readonly buyerTaxId?: BuyerTaxId;
}

/** One rate for all time, or a first one and what followed. */
export function rates(first: string, ...changes: readonly (readonly [from: IsoDate, rate: string])[]): Rates {
  return [{ from: '0000-01-01', rate: first }, ...changes.map(([from, rate]) => ({ from, rate }))];
}

export function rateOn(date: IsoDate, jurisdiction: Jurisdiction): string {
  return jurisdiction.rates.findLast(({ from }) => from <= date)?.rate ?? '0';
}

/** All products alike, but for the ones named; what is never taxable stays so. */
export function taxability(all: Treatment, changes: Partial<Taxability> = {}): Taxability {
  return {
    saasBusiness: all,
    saasPersonal: all,
    digitalGoods: all,
    physicalGoods: all,
    professionalServices: all,
    sptconboarding: all,
    notTaxable: 'notTaxed',
    ...changes,
  };
}
