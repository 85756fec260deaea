/** No metals, no codes for tests: Intl lists money only. */
const KNOWN = new Set(Intl.supportedValuesOf('currency'));
/** Embargoed, or of no country. */
const REFUSED = new Set(['CUP', 'IRR', 'KPW', 'SYP', 'XDR']);

/** @param currencyCode in capitals */
export function isCurrencySupported(currencyCode: string): boolean {
  return KNOWN.has(currencyCode) && !REFUSED.has(currencyCode);
}
