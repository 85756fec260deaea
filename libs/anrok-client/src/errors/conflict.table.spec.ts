import { describe, expect, it } from '@jest/globals';
import type { AnrokOperation } from '../anrok-operation.js';
import type { AnrokRetry } from './anrok-retry.js';
import {
  AnrokConflictError,
  AnrokFeatureNotEnabledError,
  AnrokUnknownConflictError,
  toConflictError,
} from './conflict.errors.js';
import { type AnrokConflictType, CONFLICTS } from './conflict.table.js';

const COMPUTING = [
  'accountingTimeZoneNotSetForSeller',
  'accountingTimeZoneNotSupported',
  'currencyCodeNotSupported',
  'customerAddressCouldNotResolve',
  'customerIdNotFound',
  'externalServiceError',
  'jurisNotFound',
  'productExternalIdUnknown',
  'productTaxCategoryNotSupportedForJuris',
  'taxDateTooFarInFuture',
  'taxDateTooFarInPast',
] as const;

/** What Anrok's API 1.1 lists, operation by operation. */
const LISTED: Record<AnrokOperation, readonly AnrokConflictType[]> = {
  'transactions.createEphemeral': COMPUTING,
  'transactions.createOrUpdate': [...COMPUTING, 'transactionFrozenForFiling'],
  'transactions.createNegation': [
    'transactionIdNotFound',
    'transactionExpectedVersionMismatch',
    'transactionIsAlreadyANegation',
    'duplicateTransactionId',
  ],
  'transactions.void': ['transactionIdNotFound', 'transactionExpectedVersionMismatch', 'transactionFrozenForFiling'],
  'transactions.list': ['invalidCursor', 'listTransactionsApiNotEnabled'],
  'products.create': ['externalIdAlreadyExists', 'externalIdInvalid', 'taxCategoryIdNotFound'],
  'products.get': ['productExternalIdNotFound'],
  'productTaxCategories.list': [],
  'productIdMappings.list': ['integrationIdNotFound'],
  'productIdMappings.add': ['integrationIdNotFound', 'sourceIdAlreadyMapped', 'targetIdNotFound'],
  'certificates.create': ['duplicateJurisIds', 'customerIdNotFound', 'fileTypeNotSupported', 'jurisNotFound'],
  'certificates.get': ['certificateIdNotFound'],
  'certificates.list': ['invalidCursor', 'customerIdNotFound'],
  'certificates.archive': ['certificateIdNotFound'],
  'certificateRequests.create': ['customerIdNotFound', 'featureNotEnabled', 'invalidEmailAddress'],
  'taxIds.validate': [
    'customerAddressCouldNotResolve',
    'externalServiceError',
    'validationNotEnabled',
    'validationNotSupportedForCountry',
  ],
  'filings.list': ['invalidCursor', 'listFilingsApiNotEnabled'],
};

const RETRY: Record<AnrokRetry, readonly AnrokConflictType[]> = {
  later: ['externalServiceError', 'invalidCursor'],
  'after-fix': [
    'customerAddressCouldNotResolve',
    'customerIdNotFound',
    'productExternalIdUnknown',
    'productTaxCategoryNotSupportedForJuris',
    'jurisNotFound',
    'taxDateTooFarInFuture',
    'taxDateTooFarInPast',
    'accountingTimeZoneNotSetForSeller',
    'accountingTimeZoneNotSupported',
    'externalIdInvalid',
    'taxCategoryIdNotFound',
    'productExternalIdNotFound',
    'integrationIdNotFound',
    'targetIdNotFound',
    'duplicateJurisIds',
    'fileTypeNotSupported',
    'invalidEmailAddress',
    'featureNotEnabled',
    'validationNotEnabled',
    'listTransactionsApiNotEnabled',
    'listFilingsApiNotEnabled',
  ],
  never: [
    'currencyCodeNotSupported',
    'transactionFrozenForFiling',
    'transactionIdNotFound',
    'transactionExpectedVersionMismatch',
    'transactionIsAlreadyANegation',
    'duplicateTransactionId',
    'externalIdAlreadyExists',
    'sourceIdAlreadyMapped',
    'certificateIdNotFound',
    'validationNotSupportedForCountry',
  ],
};

const FEATURES = [
  'featureNotEnabled',
  'listFilingsApiNotEnabled',
  'listTransactionsApiNotEnabled',
  'validationNotEnabled',
];

describe('the table of conflicts', () => {
  it('has every type of every operation, and none besides', () => {
    expect(Object.keys(CONFLICTS).toSorted()).toEqual([...new Set(Object.values(LISTED).flat())].toSorted());
  });

  it.each(Object.entries(CONFLICTS))('spells the code of %s as its type', (type, { code }) => {
    expect(code).toBe(`anrok_${type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`);
  });

  it.each(Object.entries(CONFLICTS))('says of %s what happened and what to do, in sentences', (_, conflict) => {
    for (const sentence of [conflict.message, conflict.remedy]) expect(sentence).toMatch(/^[A-Z][^]{15,}\.$/);
  });

  it('repeats by itself only what passes by itself, and waits only for what somebody can mend', () => {
    const decided = Object.groupBy(Object.entries(CONFLICTS), ([, { retry }]) => retry);
    for (const retry of ['later', 'after-fix', 'never'] as const)
      expect(decided[retry]?.map(([type]) => type).toSorted()).toEqual(RETRY[retry].toSorted());
  });

  it.each(
    Object.entries(LISTED).flatMap(([operation, types]) =>
      types.map((type) => [operation as AnrokOperation, type] as const),
    ),
  )('makes an error of its own of %s: %s', (operation, type) => {
    const error = toConflictError(operation, type);
    expect(error).toBeInstanceOf(AnrokConflictError);
    expect(error).toMatchObject({ operation, type, status: 409, outcome: 'refused', code: CONFLICTS[type].code });
    expect(error instanceof AnrokFeatureNotEnabledError).toBe(FEATURES.includes(type));
  });

  it.each(['somethingNew', '', 'constructor', '__proto__', 'toString'])(
    'gives the unknown type "%s" a class and a code of its own, and never repeats it',
    (type) => {
      const error = toConflictError('transactions.void', type);
      expect(error).toBeInstanceOf(AnrokUnknownConflictError);
      expect(error).toMatchObject({ type, code: 'anrok_conflict_unknown', retry: 'never', outcome: 'refused' });
    },
  );

  it('carries the fields that a type brings along', () => {
    const error = toConflictError('transactions.createEphemeral', 'productExternalIdUnknown', {
      productExternalId: 'sku-9',
    });
    expect(error.productExternalId).toBe('sku-9');
    expect(error.message).toContain('"sku-9"');
    expect(error.details).toEqual({ type: 'productExternalIdUnknown', productExternalId: 'sku-9' });
  });
});
