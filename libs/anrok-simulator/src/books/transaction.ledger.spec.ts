import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Conflict } from '../wire/conflict.js';
import type { Transaction, TransactionContent } from './transaction.js';
import { negation, record, voided } from './transaction.ledger.js';

const READINGS = { unchangedUpdate: 'newVersion', voidAgain: 'ok' } as const;

const aContent = (changes: Partial<TransactionContent> = {}): TransactionContent => ({
  currencyCode: 'USD',
  customerId: null,
  customerName: null,
  address: { country: 'DE', line1: null, city: null, region: null, postalCode: null },
  taxIds: [],
  accountingDate: '2026-03-15',
  taxDate: '2026-03-15',
  lines: [
    {
      id: 'line-1',
      productExternalId: 'saas-business',
      amount: 10_000,
      quantity: null,
      taxIncluded: false,
      preTaxAmount: '10000',
      taxAmountToCollect: 1_900,
      jurisdictions: [
        {
          id: 'eu-oss',
          regionId: 'DE',
          name: 'Germany',
          notTaxedReason: null,
          tax: { taxName: 'VAT', taxRate: '0.19', taxableAmount: '10000', taxAmount: '1900' },
        },
      ],
    },
  ],
  ...changes,
});
let sequence = 0;
const aStamp = () => {
  sequence += 1;
  return { now: new Date(Date.UTC(2026, 2, 15, 12, 0, sequence)), sequence };
};
const entered = (existing?: Transaction, content = aContent()) =>
  record(existing, { id: 'inv-1', content, stamp: aStamp() }, READINGS) as Transaction;
const voidedOnce = (existing: Transaction) =>
  voided(existing, { expectedVersion: undefined, stamp: aStamp() }, READINGS) as Transaction;
const negated = (original: Transaction | undefined, taken = false, expectedVersion?: number) =>
  negation(original, taken, { id: 'inv-1:negation', expectedVersion, stamp: aStamp() });

describe('recording', () => {
  it('starts with version 1, in force', () => {
    expect(entered()).toMatchObject({ version: 1, state: 'normal', negationOf: null, isFrozen: false });
  });

  it('again raises the version and the time of modification, and keeps the time of creation', () => {
    const first = entered();
    const second = entered(first, aContent({ taxDate: '2026-01-01' }));
    expect(second).toMatchObject({ version: 2, createdTime: first.createdTime, content: { taxDate: '2026-01-01' } });
    expect(second.modifiedTime > first.modifiedTime && second.sequence > first.sequence).toBe(true);
  });

  it('brings a voided transaction back in force', () => {
    expect(entered(voidedOnce(entered()))).toMatchObject({ version: 3, state: 'normal' });
  });

  it('of unchanged content is a new version in one reading and nothing in the other', () => {
    const first = entered();
    const entry = { id: 'inv-1', content: aContent(), stamp: aStamp() };
    expect(record(first, entry, { unchangedUpdate: 'newVersion' })).toMatchObject({ version: 2 });
    expect(record(first, entry, { unchangedUpdate: 'sameVersion' })).toBe(first);
    expect(record(voidedOnce(first), entry, { unchangedUpdate: 'sameVersion' })).toMatchObject({
      version: 3,
      state: 'normal',
    });
  });

  it('refuses what is frozen, and what is a negation', () => {
    const first = entered();
    expect(entered({ ...first, isFrozen: true })).toEqual(new Conflict('transactionFrozenForFiling'));
    expect(entered(negated(first) as Transaction)).toEqual(new Conflict('transactionIsAlreadyANegation'));
  });
});

describe('voiding', () => {
  it('raises the version and keeps the content', () => {
    const first = entered();
    expect(voidedOnce(first)).toMatchObject({ version: 2, state: 'voided', content: first.content });
  });

  it('again changes nothing in one reading and is refused in the other', () => {
    const gone = voidedOnce(entered());
    const request = { expectedVersion: undefined, stamp: aStamp() };
    expect(voided(gone, request, { voidAgain: 'ok' })).toBe(gone);
    expect(voided(gone, request, { voidAgain: 'transactionIdNotFound' })).toEqual(
      new Conflict('transactionIdNotFound'),
    );
  });

  it.each([
    ['unknown', undefined, undefined, 'transactionIdNotFound'],
    ['of another version', entered(), 2, 'transactionExpectedVersionMismatch'],
    ['voided meanwhile', voidedOnce(entered()), 1, 'transactionExpectedVersionMismatch'],
    ['frozen', { ...entered(), isFrozen: true }, 1, 'transactionFrozenForFiling'],
  ] as const)('refuses what is %s', (_, existing, expectedVersion, type) => {
    expect(voided(existing, { expectedVersion, stamp: aStamp() }, READINGS)).toEqual(new Conflict(type));
  });
});

describe('negating', () => {
  it('copies the numbers with the other sign, under a new id', () => {
    const original = entered();
    expect(negated(original)).toMatchObject({
      id: 'inv-1:negation',
      version: 1,
      negationOf: 'inv-1',
      content: {
        accountingDate: original.content.accountingDate,
        lines: [
          {
            id: 'line-1',
            amount: -10_000,
            preTaxAmount: '-10000',
            taxAmountToCollect: -1_900,
            jurisdictions: [{ tax: { taxRate: '0.19', taxableAmount: '-10000', taxAmount: '-1900' } }],
          },
        ],
      },
    });
  });

  it('works on what is frozen, and the negation is not', () => {
    expect(negated({ ...entered(), isFrozen: true })).toMatchObject({ isFrozen: false });
  });

  it('of nothing is nothing, not minus nothing', () => {
    const [line] = aContent().lines;
    const tax = { taxName: 'VAT', taxRate: '0.19', taxableAmount: '0', taxAmount: '0' };
    const nothing = {
      ...line!,
      amount: 0,
      preTaxAmount: '0',
      taxAmountToCollect: 0,
      jurisdictions: [{ ...line!.jurisdictions[0]!, tax }],
    };
    const inverse = negated(entered(undefined, aContent({ lines: [nothing] }))) as Transaction;
    expect(inverse.content.lines).toEqual([nothing]); // toEqual tells 0 from -0
  });

  it.each([
    ['unknown', undefined, false, undefined, 'transactionIdNotFound'],
    ['voided', voidedOnce(entered()), false, undefined, 'transactionIdNotFound'],
    ['a negation', negated(entered()) as Transaction, false, undefined, 'transactionIsAlreadyANegation'],
    ['of another version', entered(), false, 2, 'transactionExpectedVersionMismatch'],
    ['negated under that id', entered(), true, 1, 'duplicateTransactionId'],
  ] as const)('refuses what is %s', (_, original, taken, expectedVersion, type) => {
    expect(negated(original, taken, expectedVersion)).toEqual(new Conflict(type));
  });
});

describe('any course of recording and voiding', () => {
  it('raises the version strictly, by one each time', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (steps) => {
        let transaction = entered();
        for (const isVoid of steps) {
          const next = isVoid ? voidedOnce(transaction) : entered(transaction);
          const isRepeatedVoid = isVoid && transaction.state === 'voided';
          expect(next.version).toBe(transaction.version + (isRepeatedVoid ? 0 : 1));
          transaction = next;
        }
      }),
    );
  });
});
