/** Every operation of Anrok's API 1.1, named as the client's methods are. */
export type AnrokOperation =
  | 'transactions.createEphemeral'
  | 'transactions.createOrUpdate'
  | 'transactions.createNegation'
  | 'transactions.void'
  | 'transactions.list'
  | 'products.create'
  | 'products.get'
  | 'productTaxCategories.list'
  | 'productIdMappings.list'
  | 'productIdMappings.add'
  | 'certificates.create'
  | 'certificates.get'
  | 'certificates.list'
  | 'certificates.archive'
  | 'certificateRequests.create'
  | 'taxIds.validate'
  | 'filings.list';
