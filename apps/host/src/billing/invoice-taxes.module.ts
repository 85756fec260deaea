import { Module } from '@nestjs/common';
import { InvoiceTaxes } from './tax/invoice-taxes.js';

/**
 * The part of billing that tax modules may import. It stands below them, BillingModule above:
 * `BillingModule` → tax module → `InvoiceTaxesModule`. No circle, and no forwardRef.
 */
@Module({ providers: [InvoiceTaxes], exports: [InvoiceTaxes] })
export class InvoiceTaxesModule {}
