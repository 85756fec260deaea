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

export interface EstimateOptions {
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
   *
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
