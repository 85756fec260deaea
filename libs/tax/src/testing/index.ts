export { aLine, anInvoice } from './document.builder.js';
export { anyInvoice } from './tax-document.arbitrary.js';
export { describeTaxStrategy, expectToAddUp, type TaxStrategyUnderTest } from './tax-strategy.contract.js';
