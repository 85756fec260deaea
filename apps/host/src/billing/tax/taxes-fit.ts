import { type TaxCalculation, type TaxDocument, TaxError } from '@anrok-nest/tax';

/**
 * Sees to it that a calculation is the answer to a document: its lines, their amounts, its currency.
 *
 * @throws TaxError `taxes_do_not_fit`
 */
export function assertTaxesFit(document: TaxDocument, calculation: TaxCalculation): void {
  const taxed = new Map(calculation.lines.map((line) => [line.id, line]));
  const stranger = document.lines.find(({ id, amount }) => taxed.get(id)?.amount !== amount);
  if (stranger || taxed.size !== document.lines.length || calculation.currency !== document.currency)
    throw new TaxesDoNotFitError(document, stranger?.id);
}

/** What came back is not the answer to this document. */
class TaxesDoNotFitError extends TaxError {
  constructor({ kind, id }: TaxDocument, lineId?: string) {
    super({
      code: 'taxes_do_not_fit',
      message: `The taxes that were computed are not those of ${kind.replace('_', ' ')} ${id}.`,
      remedy: 'Retry it; when it happens again, report it to whoever maintains the tax strategy.',
      retry: 'later',
      details: { kind, id, ...(lineId && { lineId }) },
    });
  }
}
