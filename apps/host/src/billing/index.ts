export { AddOn } from './add-on/add-on.entity.js';
export { type AddOnInput, AddOnService } from './add-on/add-on.service.js';
export { BillingModule } from './billing.module.js';
export { InvalidInputError, NotAllowedError, NotFoundError } from './billing.error.js';
export { Clock } from './clock.js';
export {
  type CustomerIntegration,
  type CustomerIntegrationRequest,
  CustomerIntegrations,
} from './customer/customer-integrations.js';
export { Customer, CUSTOMER_TYPES, type CustomerType } from './customer/customer.entity.js';
export { type CustomerInput, CustomerService } from './customer/customer.service.js';
export { NoCustomerIntegrations } from './customer/no-customer-integrations.js';
export { PostalAddress } from './customer/postal-address.embeddable.js';
export { hostEntities } from './entities.js';
export type { InvoiceErrorDetail } from './invoice/invoice-error-detail.js';
export type { InvoiceStatus } from './invoice/invoice-status.js';
export { Fee, FeeTax, Invoice, InvoiceTax } from './invoice/invoice.entity.js';
export { type InvoiceFilter, InvoiceService, type OneOffInvoiceInput } from './invoice/invoice.service.js';
export { InvoiceTaxesModule } from './invoice-taxes.module.js';
export type { Page, PageRequest } from './page.js';
export { InvoiceTaxes } from './tax/invoice-taxes.js';
