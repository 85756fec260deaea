import type { SellerBooks } from '../books/seller.books.js';
import type { Transaction } from '../books/transaction.js';
import { Decimal, sumOf, toText } from '../tax/decimal.js';
import { findCategory } from '../tax/product-tax-category.js';
import type { LineJurisdiction, TaxedLine } from '../tax/taxed-line.js';
import { taxIdVerdicts } from './tax-id.verdicts.js';
import { taxToCollect } from './transaction.answer.js';

/** A transaction as `transactions/list` shows it, as far as the simulator knows it; a void one without its body. */
export function toTransactionDetail(transaction: Transaction, books: SellerBooks): object {
  return {
    type: transaction.state === 'voided' ? 'void' : 'normal',
    id: transaction.id,
    anrokCreatedTime: transaction.createdTime,
    anrokModifiedTime: transaction.modifiedTime,
    sourceBillingSystem: null,
    ...(transaction.state === 'voided' ? {} : { body: toBody(transaction, books) }),
  };
}

function toBody({ content }: Transaction, books: SellerBooks): object {
  const { lines, customerId } = content;
  const inputAmount = lines.reduce((sum, line) => sum + line.amount, 0);
  const taxAdded = taxToCollect(lines);
  return {
    accountingDate: content.accountingDate,
    taxDate: content.taxDate,
    currencyCode: content.currencyCode,
    customer: customerId === null ? null : { id: customerId, name: books.customers.find(customerId)?.name ?? null },
    addresses: [{ address: content.address }],
    inputAmount,
    preTaxAmount: toText(sumOf(lines.map((line) => line.preTaxAmount))),
    taxAmountDue: taxDue(lines),
    taxAmountAdded: { expected: taxAdded, seen: taxAdded },
    invoiceTotalAmountExpected: inputAmount + taxAdded,
    jurisSummaries: [...returnsOf(lines)].map(([id, name]) => {
      const share = lines.map((line) => ({
        ...line,
        jurisdictions: line.jurisdictions.filter((one) => one.id === id),
      }));
      const touched = share.filter((line) => line.jurisdictions.length > 0);
      return {
        id,
        name,
        preTaxAmount: toText(sumOf(touched.map((line) => line.preTaxAmount))),
        taxAmountDue: taxDue(touched),
        taxIdValidation: { processedTaxIds: taxIdVerdicts(content.address, id, content.taxIds) },
      };
    }),
    lineItems: lines.map((line) => toLineDetail(line, books)),
  };
}

function toLineDetail(line: TaxedLine, books: SellerBooks): object {
  const product = books.products.find(line.productExternalId);
  const category = product && findCategory(product.taxCategoryId);
  return {
    id: line.id,
    product: {
      internalId: `sp${line.productExternalId}`,
      externalId: line.productExternalId,
      name: product?.name,
      productTaxCategory: category,
    },
    quantity: line.quantity,
    unitPrice: null,
    inputAmount: line.amount,
    preTaxAmount: line.preTaxAmount,
    taxAmountDue: taxDue([line]),
    jurises: [...returnsOf([line])].map(([id, name]) => {
      const authorities = line.jurisdictions.filter((one) => one.id === id);
      const taxes = authorities.map((authority) => toTaxDetail(authority, line));
      const isRemitting = !authorities.some(({ notTaxedReason }) => notTaxedReason?.type === 'notCollecting');
      return { id, name, calc: isRemitting ? { isRemitting, taxes } : { isRemitting, taxesIfWereRemitting: taxes } };
    }),
  };
}

function toTaxDetail({ regionId, name, notTaxedReason, tax }: LineJurisdiction, line: TaxedLine): object {
  const isExempt = notTaxedReason?.type === 'exempt';
  const taxableAmount = tax?.taxableAmount ?? '0';
  const untaxed = isExempt ? new Decimal(0) : new Decimal(line.preTaxAmount).minus(taxableAmount);
  const amount = tax?.taxAmount ?? '0';
  return {
    id: regionId,
    name,
    nonTaxableAmount: toText(untaxed),
    exemptions: isExempt ? [{ reason: notTaxedReason.reason?.type, amount: line.preTaxAmount }] : [],
    taxableAmount,
    rate: tax?.taxRate ?? null,
    taxAmount: line.taxIncluded ? { inclusive: amount, exclusive: '0' } : { inclusive: '0', exclusive: amount },
  };
}

/** The returns that the lines go into, named after the authority that files each. */
function returnsOf(lines: readonly TaxedLine[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { id, name } of lines.flatMap((line) => line.jurisdictions)) if (!names.has(id)) names.set(id, name);
  return names;
}

function taxDue(lines: readonly TaxedLine[]): object {
  const due = (taxIncluded: boolean) =>
    sumOf(
      lines
        .filter((line) => line.taxIncluded === taxIncluded)
        .flatMap((line) => line.jurisdictions)
        .map(({ notTaxedReason, tax }) => (notTaxedReason === null && tax ? tax.taxAmount : '0')),
    );
  const [inclusive, exclusive] = [due(true), due(false)];
  return { inclusive: toText(inclusive), exclusive: toText(exclusive), total: toText(inclusive.plus(exclusive)) };
}
