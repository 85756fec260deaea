import type { AnrokRetry } from './anrok-retry.js';

interface Conflict {
  readonly code: `anrok_${string}`;
  readonly retry: AnrokRetry;
  readonly message: string;
  readonly remedy: string;
  /** A paid feature that may be off for a seller account. */
  readonly isFeature?: boolean;
}

/** Every `type` of every 409 in Anrok's API 1.1. The one place that decides what each means for the caller. */
export const CONFLICTS = {
  // what a transaction says
  customerAddressCouldNotResolve: {
    code: 'anrok_customer_address_could_not_resolve',
    retry: 'after-fix',
    message: "Anrok can't tell from the customer's address who may tax the sale.",
    remedy: "Complete the customer's address: country, region (for the US) and postal code.",
  },
  customerIdNotFound: {
    code: 'anrok_customer_id_not_found',
    retry: 'after-fix',
    message: 'Anrok has no customer with this id.',
    remedy: 'Send the customer name along, which creates the customer, or correct the customer id.',
  },
  productExternalIdUnknown: {
    code: 'anrok_product_external_id_unknown',
    retry: 'after-fix',
    message: 'A line names a product that is not set up in Anrok.',
    remedy: 'Create the product under this id in Anrok, or map the item to a product that exists there.',
  },
  productTaxCategoryNotSupportedForJuris: {
    code: 'anrok_product_tax_category_not_supported_for_juris',
    retry: 'after-fix',
    message: "Anrok can't tax a line's product in the customer's jurisdiction.",
    remedy: 'Give the product a tax category that Anrok supports there, or ask Anrok to support it.',
  },
  jurisNotFound: {
    code: 'anrok_juris_not_found',
    retry: 'after-fix',
    message: 'Anrok does not know the jurisdiction.',
    remedy: "Correct the customer's address, or the jurisdiction id where one was given.",
  },
  currencyCodeNotSupported: {
    code: 'anrok_currency_code_not_supported',
    retry: 'never',
    message: "Anrok does not support the document's currency.",
    remedy: 'Ask Anrok to support the currency, or invoice in another one.',
  },
  taxDateTooFarInFuture: {
    code: 'anrok_tax_date_too_far_in_future',
    retry: 'after-fix',
    message: 'The date is more than 31 days ahead.',
    remedy: "Correct the document's date, or send it when the date is within 31 days.",
  },
  taxDateTooFarInPast: {
    code: 'anrok_tax_date_too_far_in_past',
    retry: 'after-fix',
    message: 'The date is before 1999.',
    remedy: "Correct the document's date.",
  },
  accountingTimeZoneNotSetForSeller: {
    code: 'anrok_accounting_time_zone_not_set_for_seller',
    retry: 'after-fix',
    message: "The seller account has no time zone, so that a time doesn't tell the day.",
    remedy: 'Set the time zone of the seller account in Anrok, or send an accounting date.',
  },
  accountingTimeZoneNotSupported: {
    code: 'anrok_accounting_time_zone_not_supported',
    retry: 'after-fix',
    message: 'Anrok does not support the time zone.',
    remedy: 'Choose a time zone that Anrok supports, or send an accounting date.',
  },
  externalServiceError: {
    code: 'anrok_external_service_error',
    // stands among the conflicts, but is a passing trouble of a service behind Anrok
    retry: 'later',
    message: 'A service that Anrok depends on did not answer.',
    remedy: 'Nothing to do: trying again later helps.',
  },

  // stored transactions
  transactionFrozenForFiling: {
    code: 'anrok_transaction_frozen_for_filing',
    retry: 'never',
    message: 'The transaction belongs to a filing that is under way or done, and is frozen for it.',
    remedy: 'Negate the transaction, then record what is right under a new id.',
  },
  transactionIdNotFound: {
    code: 'anrok_transaction_id_not_found',
    retry: 'never',
    message: 'Anrok has no transaction with this id.',
    remedy: 'Check whether the document was ever recorded, or is void already: then there is nothing to undo.',
  },
  transactionExpectedVersionMismatch: {
    code: 'anrok_transaction_expected_version_mismatch',
    retry: 'never',
    message: 'The transaction has changed in Anrok since its version was noted.',
    remedy: 'Look at the transaction in Anrok; repeat with its present version if the change was meant.',
  },
  transactionIsAlreadyANegation: {
    code: 'anrok_transaction_is_already_a_negation',
    retry: 'never',
    message: 'The transaction is a negation itself, which Anrok does not negate.',
    remedy: 'Record the document anew under a new id instead.',
  },
  duplicateTransactionId: {
    code: 'anrok_duplicate_transaction_id',
    retry: 'never',
    message: 'There is a transaction with the new id already.',
    remedy: 'If an earlier answer to the same negation was lost, it is done. Otherwise choose another id.',
  },

  // products
  externalIdAlreadyExists: {
    code: 'anrok_external_id_already_exists',
    retry: 'never',
    message: 'There is a product with this external id already.',
    remedy: 'Use the product that exists, or choose another external id.',
  },
  externalIdInvalid: {
    code: 'anrok_external_id_invalid',
    retry: 'after-fix',
    message: 'Anrok does not accept the external id.',
    remedy: 'Choose an id of letters, digits, single spaces and ".-_:".',
  },
  taxCategoryIdNotFound: {
    code: 'anrok_tax_category_id_not_found',
    retry: 'after-fix',
    message: 'The seller account has no such product tax category.',
    remedy: 'Choose a category from the list of product tax categories.',
  },
  productExternalIdNotFound: {
    code: 'anrok_product_external_id_not_found',
    retry: 'after-fix',
    message: 'Anrok has no product with this external id.',
    remedy: 'Create the product in Anrok, or correct the external id.',
  },

  // product id mappings of Anrok's own integrations
  integrationIdNotFound: {
    code: 'anrok_integration_id_not_found',
    retry: 'after-fix',
    message: 'The seller account has no integration with this id.',
    remedy: "Correct the integration's id: it stands in the integration's address in Anrok.",
  },
  sourceIdAlreadyMapped: {
    code: 'anrok_source_id_already_mapped',
    retry: 'never',
    message: 'The source id is mapped already.',
    remedy: 'Leave the mapping as it is, or ask for it to be overwritten.',
  },
  targetIdNotFound: {
    code: 'anrok_target_id_not_found',
    retry: 'after-fix',
    message: 'Anrok has no product with the target id.',
    remedy: 'Create the product in Anrok, or correct the target id.',
  },

  // certificates
  certificateIdNotFound: {
    code: 'anrok_certificate_id_not_found',
    retry: 'never',
    message: 'Anrok has no certificate with this id.',
    remedy: 'Correct the id: the list of certificates has them all.',
  },
  duplicateJurisIds: {
    code: 'anrok_duplicate_juris_ids',
    retry: 'after-fix',
    message: 'The certificate names a jurisdiction twice.',
    remedy: 'Name each jurisdiction once.',
  },
  fileTypeNotSupported: {
    code: 'anrok_file_type_not_supported',
    retry: 'after-fix',
    message: "Anrok does not accept the type of the certificate's file.",
    remedy: 'Send the certificate as an image or a PDF, with its ending in the file name.',
  },
  invalidEmailAddress: {
    code: 'anrok_invalid_email_address',
    retry: 'after-fix',
    message: "Anrok does not accept the contact's e-mail address.",
    remedy: 'Correct the e-mail address.',
  },
  featureNotEnabled: {
    code: 'anrok_feature_not_enabled',
    retry: 'after-fix',
    message: "Anrok's exemption certificate portal is not enabled for the seller account.",
    remedy: 'Ask Anrok to enable it, or collect certificates another way.',
    isFeature: true,
  },

  // tax ids
  validationNotEnabled: {
    code: 'anrok_validation_not_enabled',
    retry: 'after-fix',
    message: 'The validation of tax ids is not enabled for the seller account.',
    remedy: 'Ask Anrok to enable it, or go without.',
    isFeature: true,
  },
  validationNotSupportedForCountry: {
    code: 'anrok_validation_not_supported_for_country',
    retry: 'never',
    message: "Anrok does not validate tax ids of the customer's country.",
    remedy: 'Go without validation for this country.',
  },

  // lists
  invalidCursor: {
    code: 'anrok_invalid_cursor',
    retry: 'later',
    message: 'Anrok does not accept the cursor of the next page any more.',
    remedy: 'Start the list again from its beginning.',
  },
  listTransactionsApiNotEnabled: {
    code: 'anrok_list_transactions_api_not_enabled',
    retry: 'after-fix',
    message: 'The list of transactions is not enabled for the seller account.',
    remedy: 'Ask Anrok to enable it, or go without.',
    isFeature: true,
  },
  listFilingsApiNotEnabled: {
    code: 'anrok_list_filings_api_not_enabled',
    retry: 'after-fix',
    message: 'The list of filings is not enabled for the seller account.',
    remedy: 'Ask Anrok to enable it, or go without.',
    isFeature: true,
  },
} as const satisfies Record<string, Conflict>;

export type AnrokConflictType = keyof typeof CONFLICTS;

export type AnrokConflictCode = (typeof CONFLICTS)[AnrokConflictType]['code'];

/** Types that name a paid feature which is off. */
export type AnrokFeatureType = {
  [Type in AnrokConflictType]: (typeof CONFLICTS)[Type] extends { isFeature: true } ? Type : never;
}[AnrokConflictType];
