import type { AnrokError } from '@anrok-nest/client';
import type { ItemReference, TaxDocument, TaxProblem } from '@anrok-nest/tax';
import type { TransactionDraft } from './to-anrok-transactions.js';

/** What the client found, in the words of tax: code and sentences stay. */
export function toTaxProblem(error: AnrokError): TaxProblem {
  const { code, message, remedy, retry, details } = error;
  return { code, message, remedy, retry, details };
}

/** A problem with a product, with the host's items that are mapped to it: that is where people mend it. */
export function withItemsOfProduct(
  problem: TaxProblem,
  document: Pick<TaxDocument, 'lines'>,
  drafts: readonly TransactionDraft[],
): TaxProblem {
  const { productExternalId } = problem.details;
  if (typeof productExternalId !== 'string') return problem;
  const lineIds = new Set(
    drafts.flatMap(({ body }) =>
      body.lineItems.filter((line) => line.productExternalId === productExternalId).map((line) => line.id),
    ),
  );
  const items = new Map<string, ItemReference>(
    document.lines.flatMap(({ id, item }) => (lineIds.has(id) ? [[`${item.type} "${item.id}"`, item]] : [])),
  );
  if (items.size === 0) return problem;
  return {
    ...problem,
    message: `${problem.message} Mapped to it: ${[...items.keys()].join(', ')}.`,
    details: { ...problem.details, items: [...items.values()] },
  };
}
