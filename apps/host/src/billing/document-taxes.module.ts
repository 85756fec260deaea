import { Module } from '@nestjs/common';
import { DocumentTaxes } from './tax/document-taxes.js';
import { TaxableCustomers } from './tax/taxable-customers.js';
import { SoldItems } from './tax/sold-items.js';

/**
 * The part of billing that tax modules may import. It stands below them, BillingModule above:
 * `BillingModule` → tax module → `DocumentTaxesModule`. No circle, and no forwardRef.
 */
@Module({
  providers: [DocumentTaxes, SoldItems, TaxableCustomers],
  exports: [DocumentTaxes, SoldItems, TaxableCustomers],
})
export class DocumentTaxesModule {}
