import { InvalidAmountError, InvalidTaxDocumentError, type ItemReference, UnknownCurrencyError } from '@anrok-nest/tax';
import {
  ApiKeyUnreadableError,
  ConnectionPausedError,
  CustomerNotLinkedError,
} from '../connection/connection.error.js';
import {
  AnswerDoesNotFitError,
  CreditTaxDiffersError,
  CustomerAddressUnusableError,
  ItemsNotMappedError,
} from '../mapping/mapping.error.js';
import {
  CreditedInvoiceNotRecordedError,
  CreditExceedsInvoiceError,
  CustomerChangedError,
  DocumentChangedError,
  FrozenForFilingError,
  SyncAbandonedError,
  TransactionChangedError,
  UnexpectedSyncError,
} from '../sync/sync.error.js';
import { type Area, someNumber, specimen } from './specimen.js';

const ITEM: ItemReference = { type: '{itemType}', id: '{itemId}' };
const FLAWS = { shipping: '{flaw}', billing: '{flaw}' };

/** The errors of documents on their way to Anrok. Whoever writes one adds it to the area that fits: one line. */
export const SYNC_AREAS: readonly Area[] = [
  {
    title: 'What is set up: items, customers, keys',
    inSync: true,
    specimens: [
      specimen(
        'mappings',
        'An item of the document has no mapping of its own, none for its type, and there is no fallback.',
        new ItemsNotMappedError([ITEM], '{connection}'),
      ),
      specimen(
        'customers',
        'Neither address has a country that is known, or, in the US and Canada, a region or postal code.',
        new CustomerAddressUnusableError('{customerId}', FLAWS),
      ),
      specimen(
        'customers',
        'The customer has no link, or has lost it before its document was recorded.',
        new CustomerNotLinkedError('{customerId}'),
      ),
      specimen(
        'customers',
        'The host gave the document to another customer after it was sent to Anrok, and that one has no link to the account.',
        new CustomerChangedError(
          { kind: '{kind}', id: '{id}', customerId: '{customerId}' },
          '{formerCustomerId}',
          '{connection}',
        ),
      ),
      specimen(
        'engineer',
        'The host was started with another encryptionKey than the one under which the API key was stored.',
        new ApiKeyUnreadableError('{connectionId}'),
      ),
      specimen(
        'engineer',
        "Anrok refused the connection's key to an earlier document or to a test.",
        new ConnectionPausedError('{connection}', undefined),
      ),
    ],
  },
  {
    title: 'The document',
    inSync: true,
    specimens: [
      specimen('engineer', 'An amount is a fraction, or too large.', new InvalidAmountError('{what}', '{value}')),
      specimen('engineer', 'The currency is not in ISO 4217.', new UnknownCurrencyError('{currency}')),
      specimen(
        'engineer',
        'The host made a document that no strategy could tax.',
        new InvalidTaxDocumentError('{field}', '{expectation}'),
      ),
    ],
  },
  {
    title: 'The sync',
    inSync: true,
    specimens: [
      specimen(
        'nobody',
        'BillingHost.applyTaxes answered `stale`: somebody changed the document meanwhile.',
        new DocumentChangedError('{kind}', '{id}'),
      ),
      specimen(
        'nobody',
        "Anrok answered, but a line is missing or contradicts the document's.",
        new AnswerDoesNotFitError('{expectation}', {}),
      ),
      specimen(
        'nobody',
        "A fault in the host's BillingHost, in the database or in this module. An engineer's if it stays.",
        new UnexpectedSyncError('{error}'),
      ),
      specimen(
        'nobody',
        'Somebody else, or Anrok itself, changed the transaction after it was recorded.',
        new TransactionChangedError('{transactionId}', new Error()),
      ),
      specimen(
        'nobody',
        'The transaction under the new id is frozen too, which is not to be expected.',
        new FrozenForFilingError('{transactionId}', new Error()),
      ),
      specimen(
        'finance',
        'A credit note is processed before its invoice, or its invoice has a problem of its own.',
        new CreditedInvoiceNotRecordedError('{creditNoteId}', '{invoiceId}'),
      ),
      specimen(
        'nobody',
        'Other credit notes have the rest of the line, and at least one of them is still on its way.',
        new CreditExceedsInvoiceError('{creditNoteId}', '{invoiceId}', '{lineId}', true),
      ),
      specimen(
        'finance',
        'All credit notes of a line together take back more than was invoiced.',
        new CreditExceedsInvoiceError('{creditNoteId}', '{invoiceId}', '{lineId}', false),
      ),
      specimen(
        'customers',
        'A certificate, a product or a registration changed at Anrok since the invoice was recorded.',
        new CreditTaxDiffersError(
          { id: '{creditNoteId}', creditedInvoiceId: '{invoiceId}' },
          '{lineId}',
          someNumber('given'),
          someNumber('charged'),
        ),
      ),
      specimen(
        'engineer',
        'Whatever processes the document crashes or hangs.',
        new SyncAbandonedError(someNumber('takeovers')),
      ),
    ],
  },
];
