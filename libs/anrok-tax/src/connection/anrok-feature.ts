import type { AnrokFeatureType } from '@anrok-nest/client';

/** What Anrok sells separately: off on an account until Anrok switches it on. */
export type AnrokFeature = 'transactionList' | 'filingList' | 'taxIdValidation' | 'certificateRequests';

/** By the reason that Anrok gives where it is off. */
export const FEATURE_OF: Readonly<Record<AnrokFeatureType, AnrokFeature>> = {
  listTransactionsApiNotEnabled: 'transactionList',
  listFilingsApiNotEnabled: 'filingList',
  validationNotEnabled: 'taxIdValidation',
  featureNotEnabled: 'certificateRequests',
};

/** As the beginning of a sentence. */
export const FEATURE_NAMES: Readonly<Record<AnrokFeature, string>> = {
  transactionList: 'The list of transactions',
  filingList: 'The list of filings',
  taxIdValidation: 'The validation of tax ids',
  certificateRequests: 'The portal where customers upload exemption certificates',
};
