import { toDecimalString } from '@anrok-nest/tax';

/** Money in minor units as people read it: `10.50 USD`. A dash where it is not known, which is not zero. */
export function toAmount(amount: number | null | undefined, currency: string | null | undefined): string {
  return typeof amount === 'number' && currency ? `${toDecimalString(amount, currency)} ${currency}` : '–';
}

/** The same as a cell of a table. */
export function AmountCell({
  amount,
  currency,
}: {
  amount: number | null | undefined;
  currency: string | null | undefined;
}) {
  return (
    <td class="number" safe>
      {toAmount(amount, currency)}
    </td>
  );
}
