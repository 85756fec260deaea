export { apportion, apportionWhole } from './apportion.js';
export { currencyDigits } from './currency.js';
export { Decimal, isDecimalString } from './decimal.js';
export { type FixedPoint, toFixedPoint } from './fixed-point.js';
export { type FlatRateOptions, FlatRateTaxStrategy } from './flat-rate.tax-strategy.js';
export { firstOf, gapsIn, type Interval, lengthOf, taxOn } from './interval.js';
export { type JurisdictionTax, NOT_TAXED_REASONS, type NotTaxedReason, type TaxTreatment } from './jurisdiction-tax.js';
export { type LoggableError, toLoggable } from './loggable-error.js';
export {
  fromDecimalString,
  type MinorUnits,
  roundToMinorUnits,
  sumOf,
  toDecimalString,
  toMinorUnits,
} from './money.js';
export { NoTaxStrategy } from './no-tax.tax-strategy.js';
export type { TaxAccuracy, TaxCalculation, TaxedLine } from './tax-calculation.js';
export type {
  Address,
  IsoDate,
  ItemReference,
  TaxableLine,
  TaxAccount,
  TaxCustomer,
  TaxDocument,
  TaxDocumentKind,
  TaxDocumentReference,
} from './tax-document.js';
export { assertTaxDocument } from './tax-document.validation.js';
export {
  InvalidAmountError,
  InvalidTaxDocumentError,
  NoTaxStrategyError,
  TaxError,
  TaxPendingError,
  type TaxProblem,
  type TaxRetry,
  UnknownCurrencyError,
  UnknownTaxStrategyError,
} from './tax.error.js';
export {
  ESTIMATE_PURPOSES,
  type EstimateOptions,
  type EstimatePurpose,
  type TaxCapabilities,
  type TaxSettlement,
  TaxStrategy,
} from './tax-strategy.js';
export { TaxStrategyRegistry } from './tax-strategy.registry.js';
export { summarizeTaxes, type TaxSummary } from './tax-summary.js';
export { toCalculation, untaxedZeroLine } from './tax-totals.js';
