export { type AnrokSimulator, startAnrokSimulator } from './anrok-simulator.js';
export type { BookedTransaction, Books } from './books/books.view.js';
export type { Certificate, CertificateRequest, Customer, Product } from './books/seller.books.js';
export type { Call, Calls } from './call.log.js';
export type { CallFault, Fault, FaultKind, SerialisableFault } from './faults/fault.js';
export type { Faults, FaultTarget, Hold } from './faults/fault.script.js';
export { OPERATION_NAMES, type OperationName } from './operations/operation.js';
export type { SimulatorControls } from './simulator.controls.js';
export type { AnrokSimulatorOptions, Assumptions, Features, ProductOption } from './simulator.options.js';
export type { Address } from './tax/address.resolution.js';
export {
  PRODUCT_TAX_CATEGORIES,
  type ProductTaxCategory,
  type ProductTaxCategoryId,
} from './tax/product-tax-category.js';
export type { ExemptionReason, NotTaxedReason } from './tax/taxed-line.js';
export { ACCOUNTING_TIME_ZONES, type AccountingTimeZone } from './tax/time-zone.js';
export type { CalculationAnswer, JurisAnswer } from './wire/transaction.answer.js';
