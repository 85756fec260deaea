import { Module } from '@nestjs/common';
import { DocumentTaxes } from './tax/document-taxes.js';
import { SoldItems } from './tax/sold-items.js';

/**
 * The part of billing that tax modules may import. It stands below them, BillingModule above:
 * `BillingModule` → tax module → `DocumentTaxesModule`. No circle, and no forwardRef.
 */
@Module({ providers: [DocumentTaxes, SoldItems], exports: [DocumentTaxes, SoldItems] })
export class DocumentTaxesModule {}
