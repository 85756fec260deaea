/** Kinds of documents, as the admin API takes them. */
export const DOCUMENT_KINDS = ['invoice', 'credit_note', 'fee'] as const;
