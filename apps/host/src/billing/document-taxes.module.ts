import { Module } from '@nestjs/common';
import { DocumentTaxes } from './tax/document-taxes.js';
import { TaxableCustomers } from './tax/taxable-customers.js';

/**
 * The part of billing that tax modules may import. It stands below them, BillingModule above:
 * `BillingModule` → tax module → `DocumentTaxesModule`. No circle, and no forwardRef.
 */
@Module({ providers: [DocumentTaxes, TaxableCustomers], exports: [DocumentTaxes, TaxableCustomers] })
export class DocumentTaxesModule {}
