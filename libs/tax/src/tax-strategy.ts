import type { TaxCalculation } from './tax-calculation.js';
import type { TaxCustomer, TaxDocument } from './tax-document.js';

/** What a strategy can do, said beforehand, so that a host needn't find out by failing. */
export interface TaxCapabilities {
  /** `now`: `settle` answers with the tax. `later`: it accepts, and the tax comes through the host's port. */
  readonly settles: 'now' | 'later';
  /** Knows who is exempt and where the buyer accounts for the tax (reverse charge). */
  readonly exemptions: boolean;
  /** Keeps what was settled for the tax returns, so that it must hear of voids and credits too. */
  readonly filing: boolean;
}

/** What an estimate is for. A strategy may ask less often, or wait less long, where the purpose allows it. */
export const ESTIMATE_PURPOSES = [
  /** A draft document, computed anew whenever it is refreshed. */
  'draft',
  /** The form of a one-off document, before there is one. */
  'one_off',
  /** An invoice that may come to be: of a new subscription, of a change of plan. */
  'preview',
  /** A fee that is charged in advance and is on no invoice. */
  'fee',
  /** What was used in the running period so far: looked at often, in amounts that change. */
  'usage',
  /** The ongoing balance of a wallet, from what was used so far: computed as often. */
  'wallet',
] as const;
export type EstimatePurpose = (typeof ESTIMATE_PURPOSES)[number];

export interface EstimateOptions {
  /** Default `draft`. */
  readonly purpose?: EstimatePurpose;
  /** The caller's patience in milliseconds; the strategy's own default when absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export type TaxSettlement =
  | { readonly status: 'settled'; readonly calculation: TaxCalculation }
  /** Written down in the caller's transaction: it can't be lost, and commits or rolls back with the document. */
  | { readonly status: 'accepted' };

/**
 * Computes tax for whole documents. The contract and the injection token at once; prove an implementation with
 * `describeTaxStrategy` from `@anrok-nest/tax/testing`.
 */
export abstract class TaxStrategy {
  /** Stable and short: stored with what it computed. */
  abstract readonly code: string;

  abstract readonly capabilities: TaxCapabilities;

  /** Asked in order of registration; the first strategy that applies to the customer computes. */
  abstract appliesTo(customer: Pick<TaxCustomer, 'id'>): Promise<boolean>;

  /**
   * What would this document be taxed? For drafts, previews and usage, as often as wanted: records nothing, ever.
   * `accuracy` says how far the answer can be trusted.
   *
   * A credit note follows its invoice, and is estimated only by a strategy that would settle it as it stands, to the
   * same amounts. One that goes by what it holds of the invoice refuses: a sale below zero, as of today, is another.
   *
   * @throws TaxPendingError where the strategy was told to go on without an answer for this purpose
   * @throws InvalidTaxDocumentError for a credit note that follows from more than itself
   * @throws TaxError when there is no answer; never an answer of zero instead
   */
  abstract estimate(document: TaxDocument, options?: EstimateOptions): Promise<TaxCalculation>;

  /**
   * The document is final: tax it, and see to it that the authorities will hear of it. Called inside the transaction
   * that finalizes the document; makes no remote call there. Repeating it is harmless.
   *
   * @throws TaxError when the document can't be settled as it stands
   */
  abstract settle(document: TaxDocument): Promise<TaxSettlement>;
}
