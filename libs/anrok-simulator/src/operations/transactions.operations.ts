import type { SellerBooks } from '../books/seller.books.js';
import { negation, record, voided } from '../books/transaction.ledger.js';
import type { Transaction } from '../books/transaction.js';
import { calculationBody, negationBody, recordBody, voidBody } from '../schema/transaction.schema.js';
import { Conflict } from '../wire/conflict.js';
import { toCalculationAnswer } from '../wire/transaction.answer.js';
import { enterCustomer } from './customer.entry.js';
import { defineOperation } from './operation.js';
import { calculate } from './transaction.calculation.js';

export const createEphemeral = defineOperation({
  name: 'transactions.createEphemeral',
  path: 'transactions/createEphemeral',
  body: calculationBody,
  run(body, context) {
    const content = calculate(body, context);
    return content instanceof Conflict ? content : toCalculationAnswer(content.lines);
  },
});

export const createOrUpdate = defineOperation({
  name: 'transactions.createOrUpdate',
  path: 'transactions/createOrUpdate',
  body: recordBody,
  run({ id, ...body }, context) {
    const { books, now } = context;
    const content = calculate(body, context);
    if (content instanceof Conflict) return content;
    const stamp = { now, sequence: books.nextSequence() };
    const recorded = record(books.transactions.find(id), { id, content, stamp }, context.settings.assumptions);
    if (recorded instanceof Conflict) return recorded;
    const { customerId, customerName } = content;
    if (customerId !== null && customerName !== null) enterCustomer(books, customerId, customerName);
    enterIfChanged(books, recorded);
    return { version: recorded.version, ...toCalculationAnswer(recorded.content.lines) };
  },
});

export const createNegation = defineOperation({
  name: 'transactions.createNegation',
  path: 'transactions/createNegation',
  body: negationBody,
  run(body, { books, now }) {
    const negated = negation(
      books.transactions.find(body.originalTransactionId),
      books.transactions.has(body.newTransactionId),
      {
        id: body.newTransactionId,
        expectedVersion: body.originalTransactionExpectedVersion,
        stamp: { now, sequence: books.nextSequence() },
      },
    );
    if (negated instanceof Conflict) return negated;
    enterIfChanged(books, negated);
    return {};
  },
});

export const voidTransaction = defineOperation({
  name: 'transactions.void',
  path: 'transactions/id:{}/void',
  body: voidBody,
  run({ transactionExpectedVersion: expectedVersion }, { books, now, pathId, settings }) {
    const stamp = { now, sequence: books.nextSequence() };
    const result = voided(books.transactions.find(pathId), { expectedVersion, stamp }, settings.assumptions);
    if (result instanceof Conflict) return result;
    enterIfChanged(books, result);
    return {};
  },
});

function enterIfChanged(books: SellerBooks, transaction: Transaction): void {
  if (books.transactions.find(transaction.id) !== transaction) books.transactions.enter(transaction);
}
