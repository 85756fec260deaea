import { Decimal, type JurisdictionTax, type NotTaxedReason } from '@anrok-nest/tax';
import type { RecordDetails } from '../../records/record-details.read-model.js';
import { AmountCell, toAmount } from '../parts/amount.js';
import { DataTable } from '../parts/data-table.js';

type Taxes = NonNullable<RecordDetails['taxes']>;

/** Line by line: which authority takes how much of what, or why nothing. */
export function TaxLines({ taxes }: { taxes: Taxes | undefined }) {
  if (!taxes) return <></>;
  const { currency } = taxes;
  return (
    <section aria-labelledby="lines">
      <h2 id="lines">Tax by line and jurisdiction</h2>
      <DataTable
        label="Tax by line and jurisdiction"
        columns={['Line', 'Jurisdiction', 'Tax', '#Rate', '#On', '#Tax amount', 'How']}
      >
        {taxes.lines.map((line) => (
          <Line line={line} currency={currency} />
        ))}
      </DataTable>
    </section>
  );
}

function Line({ line, currency }: { line: Taxes['lines'][number]; currency: string }) {
  const { id, productExternalId, quantity, amount, taxAmountToCollect, jurisdictions } = line;
  return (
    <>
      <tr class="group">
        <th scope="rowgroup" colspan="4">
          <code safe>{id}</code>
          <span class="soft" safe>{` ${productExternalId}${quantity === undefined ? '' : ` × ${quantity}`}`}</span>
        </th>
        <AmountCell amount={amount} currency={currency} />
        <AmountCell amount={taxAmountToCollect} currency={currency} />
        <td />
      </tr>
      {jurisdictions.map((tax) => (
        <Jurisdiction tax={tax} currency={currency} />
      ))}
    </>
  );
}

function Jurisdiction({ tax, currency }: { tax: JurisdictionTax; currency: string }) {
  const taxable = new Decimal(tax.taxableAmount).decimalPlaces(0).toNumber();
  return (
    <tr>
      <td />
      <td safe>{tax.name}</td>
      <td safe>{tax.taxName}</td>
      <td class="number" safe>
        {tax.treatment === 'notTaxed' ? '' : `${new Decimal(tax.rate).times(100).toFixed()} %`}
      </td>
      <td class="number" safe>
        {toAmount(taxable, currency)}
      </td>
      <AmountCell amount={tax.taxAmount} currency={currency} />
      <td safe>{toSentence(tax)}</td>
    </tr>
  );
}

function toSentence({ treatment, notTaxedReason, notTaxedDetail }: JurisdictionTax): string {
  if (treatment !== 'notTaxed') return TREATMENTS[treatment];
  const reason = notTaxedReason ? REASONS[notTaxedReason] : 'not taxed';
  return notTaxedDetail === undefined ? reason : `${reason} (${notTaxedDetail})`;
}

const TREATMENTS = { collected: 'collected', included: 'in the price', paidBySeller: 'paid by the seller' } as const;

const REASONS: Readonly<Record<NotTaxedReason, string>> = {
  reverseCharge: 'reverse charge: the customer owes it',
  customerExempt: 'the customer is exempt',
  transactionExempt: 'the transaction is exempt',
  exempt: 'exempt',
  productNotTaxed: 'the product is not taxed here',
  jurisHasNoTax: 'there is no such tax here',
  notCollecting: 'the seller does not collect here',
  other: 'not taxed',
};
