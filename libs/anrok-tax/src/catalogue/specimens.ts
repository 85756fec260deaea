import { NoTaxStrategyError, TaxPendingError, UnknownTaxStrategyError } from '@anrok-nest/tax';
import { CrossSiteRequestError } from '../admin/cross-site.error.js';
import { HttpRefusalError } from '../admin/http-refusal.error.js';
import { InternalError } from '../admin/internal.error.js';
import { InvalidRequestError } from '../admin/invalid-request.error.js';
import {
  FileNotJsonError,
  FileNotReadableError,
  HostNotLoadableError,
  HostNotNamedError,
  HostWithoutModuleError,
  SimulatorNotInstalledError,
} from '../cli/cli.error.js';
import { FeatureNotEnabledError } from '../connection/anrok-call.error.js';
import {
  ApiKeyNotTestedError,
  ApiKeyRefusedError,
  ConnectionCodeTakenError,
  ConnectionNotFoundError,
  CustomerLinkNotFoundError,
  KeyOfAnotherAccountError,
} from '../connection/connection.error.js';
import { CertificateNotFoundError } from '../exemptions/certificate-not-found.error.js';
import { AnswerDoesNotFitError } from '../mapping/mapping.error.js';
import { AnrokTaxConfigurationError } from '../options/configuration.error.js';
import { InvalidCursorError, SyncRecordNotFoundError } from '../records/record.error.js';
import { ConnectionHasHistoryError, ConnectionInUseError } from '../removal/connection-removal.error.js';
import {
  InvalidResyncFilterError,
  ResyncAlreadyRunningError,
  ResyncBrokeOffError,
  ResyncRunNotFoundError,
} from '../resync/resync.error.js';
import {
  InvalidMappingError,
  InvalidMappingFileError,
  MappingFileTooLargeError,
  MappingNotFoundError,
} from '../settings/item-mapping.error.js';
import { ProductNotAtAnrokError } from '../settings/product-not-at-anrok.error.js';
import { CustomerNotFoundError } from '../settings/customer-not-found.error.js';
import { type Area, someMoment, someNumber, specimen } from './specimen.js';

const DEPENDENTS = {
  customers: someNumber('customers'),
  mappings: someNumber('mappings'),
  documents: someNumber('documents'),
  unfinishedDocuments: someNumber('unfinishedDocuments'),
  runningResyncs: someNumber('runningResyncs'),
};
const FIELD = { property: '{field}', constraints: { rule: '{expectation}' } };

/** All other errors of the module and of libs/tax. Whoever writes one adds it to the area that fits: one line. */
export const OTHER_AREAS: readonly Area[] = [
  {
    title: 'Estimates',
    inSync: false,
    specimens: [
      specimen(
        'nobody',
        'Anrok does not answer, and the policy for the purpose is `pending`.',
        new TaxPendingError(new AnswerDoesNotFitError('{expectation}', {})),
      ),
    ],
  },
  {
    title: 'Settings, certificates and the admin API',
    inSync: false,
    specimens: [
      specimen('engineer', 'A connection is named that does not exist.', new ConnectionNotFoundError('{code}')),
      specimen('engineer', 'A connection is made under a code twice.', new ConnectionCodeTakenError('{code}')),
      specimen(
        'customers',
        'A customer is named that the host does not show.',
        new CustomerNotFoundError('{customerId}'),
      ),
      specimen('customers', 'A link is named that does not exist.', new CustomerLinkNotFoundError('{customerId}')),
      specimen(
        'finance',
        'A connection is given the key of another seller account.',
        new KeyOfAnotherAccountError('{connection}', '{account}', '{other}'),
      ),
      specimen('engineer', 'A new key fails its test before it is stored.', new ApiKeyRefusedError('{connection}')),
      specimen(
        'nobody',
        'A new key is to be tested before it is stored, and Anrok does not answer.',
        new ApiKeyNotTestedError('{connection}', new AnswerDoesNotFitError('{expectation}', {}).problem),
      ),
      specimen(
        'finance',
        'A connection is to be deleted that documents are recorded over.',
        new ConnectionHasHistoryError('{connection}', DEPENDENTS),
      ),
      specimen(
        'finance',
        'A connection is to be deleted that customers, mappings or a running resync depend on, and nobody confirmed it.',
        new ConnectionInUseError('{connection}', DEPENDENTS),
      ),
      specimen('engineer', 'A record is named that does not exist.', new SyncRecordNotFoundError('{id}')),
      specimen('mappings', 'A mapping can not be kept as it is.', new InvalidMappingError(['{flaw}'])),
      specimen(
        'mappings',
        'A mapping is to be taken out that is not there.',
        new MappingNotFoundError('{connection}', '{itemType}', '{itemId}'),
      ),
      specimen(
        'mappings',
        'A file of mappings has lines that are no mappings, or that name products that Anrok does not have.',
        new InvalidMappingFileError([{ line: someNumber('line'), reason: '{reason}' }]),
      ),
      specimen(
        'mappings',
        'A file of mappings has more characters, lines or products to check than are taken at once.',
        new MappingFileTooLargeError('{size}', '{most}'),
      ),
      specimen(
        'mappings',
        'A product is looked up, or an item is to be mapped to it, and Anrok does not have it.',
        new ProductNotAtAnrokError('{productExternalId}', '{connection}'),
      ),
      specimen(
        'engineer',
        'A page of a list is asked for by a cursor that came from elsewhere.',
        new InvalidCursorError(),
      ),
      specimen(
        'finance',
        'A certificate is named that does not exist, or is of another customer.',
        new CertificateNotFoundError('{customerId}', '{certificateId}'),
      ),
      specimen(
        'anrok',
        'A list of transactions or filings, the validation of tax ids or a request for a certificate is off on the account.',
        new FeatureNotEnabledError('taxIdValidation', '{connection}'),
      ),
      specimen('engineer', 'What was sent to the admin API is not what it takes.', new InvalidRequestError([FIELD])),
      specimen(
        'engineer',
        "The host's guard let nobody in, or another of its parts refused.",
        new HttpRefusalError(someNumber('status'), '{message}'),
      ),
      specimen('nobody', 'A page of another site tried to change something here.', new CrossSiteRequestError()),
      specimen('engineer', 'The admin API met an error that has no code.', new InternalError()),
    ],
  },
  {
    title: 'The command line',
    inSync: false,
    specimens: [
      specimen('engineer', 'Neither `--app` nor a package.json names the application.', new HostNotNamedError()),
      specimen(
        'engineer',
        'The file that is named is not there, does not export that, or breaks off while it is loaded.',
        new HostNotLoadableError('{file#export}', '{reason}'),
      ),
      specimen(
        'engineer',
        'The application has no AnrokTaxModule, or that of another copy of this package.',
        new HostWithoutModuleError(),
      ),
      specimen('engineer', 'A file is not there, or may not be read.', new FileNotReadableError('{path}', '{reason}')),
      specimen('engineer', 'A file holds something else than a document.', new FileNotJsonError('{path}', '{reason}')),
      specimen(
        'engineer',
        'The command `simulator` is called where @anrok-nest/simulator is not installed.',
        new SimulatorNotInstalledError(),
      ),
    ],
  },
  {
    title: 'Resyncs',
    inSync: false,
    specimens: [
      specimen(
        'nobody',
        'A resync of the same connection, or of all, is not finished.',
        new ResyncAlreadyRunningError({
          id: '{runId}',
          filter: { connection: '{connection}' },
          requestedBy: '{requestedBy}',
          startedAt: someMoment('startedAt'),
        }),
      ),
      specimen('engineer', 'A resync is named that does not exist.', new ResyncRunNotFoundError('{id}')),
      specimen(
        'engineer',
        'A filter names what there is not, or dates that are none.',
        new InvalidResyncFilterError('{field}', '{expectation}'),
      ),
      specimen(
        'engineer',
        'The database, the host or the module failed for longer than a resync keeps trying.',
        new ResyncBrokeOffError('{error}'),
      ),
    ],
  },
  {
    title: 'At the start',
    inSync: false,
    specimens: [
      specimen(
        'engineer',
        'Options, tables or entities of the module are missing or wrong.',
        new AnrokTaxConfigurationError(['{flaw}']),
      ),
      specimen('engineer', 'No strategy in the registry is for everybody.', new NoTaxStrategyError('{customerId}')),
      specimen(
        'engineer',
        'What a strategy taxed is to be credited, or an account with it is named, and it is not in the registry.',
        new UnknownTaxStrategyError('{strategy}'),
      ),
    ],
  },
];
