/** Why the API refuses a request that is well formed: the `type` of a 409. */
export type ConflictType =
  | 'accountingTimeZoneNotSetForSeller'
  | 'certificateIdNotFound'
  | 'currencyCodeNotSupported'
  | 'customerAddressCouldNotResolve'
  | 'customerIdNotFound'
  | 'duplicateJurisIds'
  | 'duplicateTransactionId'
  | 'externalIdAlreadyExists'
  | 'externalIdInvalid'
  | 'featureNotEnabled'
  | 'fileTypeNotSupported'
  | 'integrationIdNotFound'
  | 'invalidCursor'
  | 'invalidEmailAddress'
  | 'jurisNotFound'
  | 'listFilingsApiNotEnabled'
  | 'listTransactionsApiNotEnabled'
  | 'productExternalIdNotFound'
  | 'productExternalIdUnknown'
  | 'productTaxCategoryNotSupportedForJuris'
  | 'sourceIdAlreadyMapped'
  | 'targetIdNotFound'
  | 'taxCategoryIdNotFound'
  | 'taxDateTooFarInFuture'
  | 'taxDateTooFarInPast'
  | 'transactionExpectedVersionMismatch'
  | 'transactionFrozenForFiling'
  | 'transactionIdNotFound'
  | 'transactionIsAlreadyANegation'
  | 'validationNotEnabled'
  | 'validationNotSupportedForCountry';

/** A refusal as a value; its fields are the body of the 409. */
export class Conflict {
  constructor(
    readonly type: ConflictType,
    readonly details: { readonly productExternalId?: string; readonly message?: string } = {},
  ) {}
}
