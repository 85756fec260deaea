import {
  AnrokBadRequestError,
  AnrokCancelledError,
  type AnrokConflictFields,
  type AnrokConflictType,
  AnrokInvalidRequestError,
  AnrokNetworkError,
  AnrokNotFoundError,
  type AnrokOperation,
  AnrokRateLimitedError,
  AnrokServerError,
  AnrokTimeoutError,
  AnrokUnauthorizedError,
  AnrokUnknownConflictError,
  AnrokUnreadableAnswerError,
  toConflictError,
} from '@anrok-nest/client';
import { type Area, type FixedBy, someNumber, type Specimen, specimen } from './specimen.js';

const OPERATION: AnrokOperation = 'transactions.createOrUpdate';

const FAILURES: readonly Specimen[] = [
  specimen('nobody', 'Anrok answered 429.', new AnrokRateLimitedError(OPERATION, someNumber('retryAfterMs'))),
  specimen(
    'nobody',
    "The account's share of the rate limit was used up for longer than the caller could wait.",
    new AnrokTimeoutError(OPERATION, 'notSent', someNumber('afterMs')),
  ),
  specimen(
    'nobody',
    'Anrok took longer than the caller could wait, or its answer broke off.',
    new AnrokTimeoutError(OPERATION, 'unknown', someNumber('afterMs')),
  ),
  specimen(
    'nobody',
    'The connection was refused, reset or cut off, or the name was not found.',
    new AnrokNetworkError(OPERATION, {
      networkCode: '{networkCode}',
      reason: '{reason}',
      neverConnected: false,
      connectionClosed: false,
    }),
  ),
  specimen(
    'nobody',
    'Anrok, or a proxy before it, answered 5xx.',
    new AnrokServerError(OPERATION, someNumber('status')),
  ),
  specimen(
    'nobody',
    'An answer came that is none of the API: HTML, half a JSON, a field too few.',
    new AnrokUnreadableAnswerError(OPERATION, '{fault}'),
  ),
  specimen('nobody', 'The process was stopped during the call.', new AnrokCancelledError(OPERATION, 'unknown')),
  specimen(
    'engineer',
    'Anrok answered 401 or 403: the key is wrong, revoked, or of another account.',
    new AnrokUnauthorizedError(OPERATION, someNumber('status')),
  ),
  specimen('engineer', 'Anrok answered 400.', new AnrokBadRequestError(OPERATION, '{explanation}')),
  specimen('engineer', 'Somebody else than Anrok answers at baseUrl: 404.', new AnrokNotFoundError(OPERATION)),
  specimen(
    'engineer',
    'Refused before anything was sent.',
    new AnrokInvalidRequestError(OPERATION, '{field}', '{expectation}'),
  ),
  specimen(
    'engineer',
    'Anrok answered 409 with a reason newer than this version.',
    new AnrokUnknownConflictError(OPERATION, '{type}'),
  ),
];

/** Reasons that a transaction can be refused for, and who mends them. */
const SALES = {
  customerAddressCouldNotResolve: 'customers',
  customerIdNotFound: 'customers',
  jurisNotFound: 'customers',
  productExternalIdUnknown: 'mappings',
  productTaxCategoryNotSupportedForJuris: 'finance',
  currencyCodeNotSupported: 'anrok',
  taxDateTooFarInFuture: 'finance',
  taxDateTooFarInPast: 'finance',
  accountingTimeZoneNotSetForSeller: 'finance',
  accountingTimeZoneNotSupported: 'finance',
  externalServiceError: 'nobody',
  transactionFrozenForFiling: 'finance',
  transactionIdNotFound: 'finance',
  transactionExpectedVersionMismatch: 'finance',
  transactionIsAlreadyANegation: 'engineer',
  duplicateTransactionId: 'engineer',
} as const satisfies Partial<Record<AnrokConflictType, FixedBy>>;

/** All others. */
const SERVICES: Readonly<Record<Exclude<AnrokConflictType, keyof typeof SALES>, FixedBy>> = {
  externalIdAlreadyExists: 'mappings',
  externalIdInvalid: 'mappings',
  taxCategoryIdNotFound: 'mappings',
  productExternalIdNotFound: 'mappings',
  integrationIdNotFound: 'engineer',
  sourceIdAlreadyMapped: 'mappings',
  targetIdNotFound: 'mappings',
  certificateIdNotFound: 'finance',
  duplicateJurisIds: 'finance',
  fileTypeNotSupported: 'finance',
  invalidEmailAddress: 'customers',
  validationNotSupportedForCountry: 'finance',
  invalidCursor: 'nobody',
  featureNotEnabled: 'anrok',
  validationNotEnabled: 'anrok',
  listTransactionsApiNotEnabled: 'anrok',
  listFilingsApiNotEnabled: 'anrok',
};

/** What some reasons bring along. */
const FIELDS: Readonly<Partial<Record<AnrokConflictType, AnrokConflictFields>>> = {
  productExternalIdUnknown: { productExternalId: '{productExternalId}' },
  externalIdInvalid: { explanation: '{explanation}' },
};

function conflicts(fixers: Readonly<Partial<Record<AnrokConflictType, FixedBy>>>): Specimen[] {
  return (Object.entries(fixers) as [AnrokConflictType, FixedBy][]).map(([type, fixedBy]) =>
    specimen(fixedBy, `Anrok answered 409 \`${type}\`.`, toConflictError(OPERATION, type, FIELDS[type])),
  );
}

/** Every error of the client. */
export const ANROK_AREAS: readonly Area[] = [
  { title: 'Anrok does not answer, or not to the point', inSync: true, specimens: FAILURES },
  { title: 'Anrok refuses a transaction', inSync: true, specimens: conflicts(SALES) },
  { title: 'Anrok refuses something else', inSync: false, specimens: conflicts(SERVICES) },
];
