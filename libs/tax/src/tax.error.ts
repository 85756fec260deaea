/**
 * Whether trying again can help: `later` by itself, `after-fix` once somebody changed what the remedy names,
 * `never` as it stands.
 */
export type TaxRetry = 'later' | 'after-fix' | 'never';

/** What went wrong with a document's tax, as data: for a record, a webhook or a screen. */
export interface TaxProblem {
  /** Stable, snake_case. */
  readonly code: string;
  /** What happened, as a sentence. */
  readonly message: string;
  /** What the reader does next, as a sentence. */
  readonly remedy: string;
  readonly retry: TaxRetry;
  /** The items, fields or ids that it is about. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The root of everything a tax strategy throws. Absence of an answer is one of these, never zero tax. */
export abstract class TaxError extends Error {
  constructor(
    readonly problem: TaxProblem,
    options?: ErrorOptions,
  ) {
    super(problem.message, options);
    this.name = new.target.name;
  }

  get code(): string {
    return this.problem.code;
  }
}

export class InvalidAmountError extends TaxError {
  constructor(what: string, value: unknown) {
    super({
      code: 'invalid_amount',
      message: `The ${what} ${String(value)} is not a whole number of the currency's smallest unit.`,
      remedy: 'Give amounts as whole cents (or the like) within ±9,007,199,254,740,991.',
      retry: 'never',
      details: { what, value: String(value) },
    });
  }
}

export class UnknownCurrencyError extends TaxError {
  constructor(currency: string) {
    super({
      code: 'unknown_currency',
      message: `"${currency}" is not an ISO 4217 currency code.`,
      remedy: 'Give the three capital letters of the currency, such as USD.',
      retry: 'never',
      details: { currency },
    });
  }
}

export class InvalidTaxDocumentError extends TaxError {
  /** @param field path of the wrong field, such as `lines[2].quantity` */
  constructor(field: string, expectation: string) {
    super({
      code: 'invalid_tax_document',
      message: `The document's ${field} ${expectation}.`,
      remedy: `Correct ${field} where the document is made, then ask again.`,
      retry: 'never',
      details: { field },
    });
  }
}

/**
 * There is no answer now, and for this purpose the host wants to go on without one: it shows "tax to come" in place of
 * an amount, and asks again later.
 */
export class TaxPendingError extends TaxError {
  constructor(cause: TaxError) {
    const { message, remedy } = cause.problem;
    super(
      {
        code: 'tax_pending',
        message: `The tax is still to come: ${message}`,
        remedy,
        retry: 'later',
        details: { cause: cause.problem },
      },
      { cause },
    );
  }
}

export class NoTaxStrategyError extends TaxError {
  constructor(customerId: string) {
    super({
      code: 'no_tax_strategy',
      message: `No tax strategy applies to customer ${customerId}.`,
      remedy: 'Register a strategy that applies to every customer as the last one.',
      retry: 'after-fix',
      details: { customerId },
    });
  }
}

export class UnknownTaxStrategyError extends TaxError {
  constructor(code: string) {
    super({
      code: 'unknown_tax_strategy',
      message: `There is no tax strategy "${code}".`,
      remedy: `Register "${code}": what it taxed has to be credited by it, and whose account is with it is taxed by it.`,
      retry: 'after-fix',
      details: { strategy: code },
    });
  }
}
