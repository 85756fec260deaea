import { createHash } from 'node:crypto';
import type { MinorUnits } from '@anrok-nest/tax';
import type { Connection } from '../connection/connection.entity.js';
import type { TransactionDraft } from '../mapping/to-anrok-transactions.js';

/** What Anrok is asked about a document: what decides the rates, and apart from it the amounts. */
export interface EstimateQuestion {
  /** A hash of all that decides the rates: the same for the same content in other amounts. Tells nobody anything. */
  readonly key: string;
  readonly connectionId: string;
  /** The host's id. */
  readonly customerId: string;
  /** Those that are asked about: without amounts of zero. */
  readonly lines: readonly QuestionLine[];
}

export interface QuestionLine {
  readonly id: string;
  readonly amount: MinorUnits;
  readonly taxIncluded: boolean;
  /** The product, and whether its price includes tax: lines of one kind are taxed at the same rates. */
  readonly kind: string;
}

/** @param drafts the document as Anrok gets it; at least one */
export function toQuestion(
  connection: Pick<Connection, 'id' | 'sellerId' | 'encryptedApiKey'>,
  customerId: string,
  drafts: readonly TransactionDraft[],
): EstimateQuestion {
  const lines = drafts.flatMap(({ body }) => body.lineItems.map(toQuestionLine));
  const content = [
    [connection.id, connection.sellerId, connection.encryptedApiKey],
    contentOf(drafts[0]!.body),
    [...new Set(lines.map(({ kind }) => kind))].toSorted(),
  ];
  const key = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return { key, connectionId: connection.id, customerId, lines };
}

function toQuestionLine(line: TransactionDraft['body']['lineItems'][number]): QuestionLine {
  // the mapping writes its keys always in one order
  const { id = '', amount, quantity: _, ...content } = line;
  return { id, amount, taxIncluded: content.isTaxIncludedInAmount === true, kind: JSON.stringify(content) };
}

/** What stands above the lines, but for the name, and for the day in the books where another one decides the rates. */
function contentOf(body: TransactionDraft['body']) {
  const { lineItems: _, customerName: __, accountingDate, taxDate = accountingDate, ...content } = body;
  const customerTaxIds = content.customerTaxIds?.map(({ value }) => value).toSorted();
  return { ...content, customerTaxIds, taxDate };
}
