import type { TaxDocumentKind, TaxDocumentReference } from '@anrok-nest/tax';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsUrl,
  Matches,
  ValidateBy,
  type ValidationError,
  ValidateNested,
  validateSync,
} from 'class-validator';
import type {
  AnrokTaxModuleOptions,
  EstimateCacheOptions,
  EstimatePolicies,
  EstimatePolicy,
  EstimateStore,
  HostEvent,
  HostEvents,
  ResyncOptions,
  RetentionOptions,
  RetryOptions,
  TelemetryOptions,
  WorkerOptions,
} from './anrok-tax.options.js';
import { AnrokTaxConfigurationError } from './configuration.error.js';
import { ResolvedResyncOptions } from './resync.options.js';
import { ResolvedRetentionOptions } from './retention.options.js';
import { WholeNumber } from './whole-number.js';

const DAY_MS = 86_400_000;
/** 32 bytes. */
const KEY = /^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/;
const ANROK_API = 'https://api.anrok.com';

const Policy = () =>
  IsIn(['fail', 'pending', 'stale'], { message: "$property must be 'fail', 'pending' or 'stale', not $value." });

class ResolvedEstimatePolicies implements EstimatePolicies {
  @Policy() draft: EstimatePolicy = 'fail';
  @Policy() oneOff: EstimatePolicy = 'fail';
  @Policy() preview: EstimatePolicy = 'fail';
  @Policy() fee: EstimatePolicy = 'fail';
  @Policy() usage: EstimatePolicy = 'fail';
  @Policy() wallet: EstimatePolicy = 'fail';
}

class ResolvedEstimateCacheOptions implements EstimateCacheOptions {
  @WholeNumber(0, 30 * DAY_MS)
  freshForMs = DAY_MS;
  @WholeNumber(0, 365 * DAY_MS)
  staleForMs = 30 * DAY_MS;
  @IsOptional()
  @ValidateBy(
    { name: 'isStore', validator: { validate: isStore } },
    { message: '$property must be a Keyv or a storage adapter for one, such as new KeyvRedis(url).' },
  )
  store?: EstimateStore;
}

function isStore(store: unknown): boolean {
  const methods: readonly (keyof EstimateStore)[] = ['get', 'set', 'delete', 'clear'];
  return methods.every((method) => typeof (store as EstimateStore)[method] === 'function');
}

class ResolvedWorkerOptions implements WorkerOptions {
  @IsBoolean({ message: '$property must be true or false, not $value.' })
  enabled = true;
  @WholeNumber(1, 1_000)
  concurrency = 8;
  @WholeNumber(10, DAY_MS)
  pollIntervalMs = 1_000;
  @WholeNumber(10, DAY_MS)
  idleIntervalMs = 30_000;
  @WholeNumber(1_000, DAY_MS)
  leaseMs = 60_000;
  @WholeNumber(0, DAY_MS)
  lateRequestMs = 120_000;
}

/** New, it holds the defaults. */
export class ResolvedRetryOptions implements RetryOptions {
  @WholeNumber(1, DAY_MS)
  firstDelayMs = 1_000;
  @WholeNumber(1, DAY_MS)
  earlyCeilingMs = 30_000;
  @WholeNumber(1, DAY_MS)
  lateCeilingMs = 30 * 60_000;
  @WholeNumber(0, 365 * DAY_MS)
  giveUpAfterMs = 3 * DAY_MS;
}

/** The options as the module uses them: complete and checked. Also the token under which they are injected. */
export class AnrokTaxOptions {
  @Matches(KEY, { message: '$property must be 32 bytes in base64 or hex; make one with: openssl rand -base64 32' })
  readonly encryptionKey: string;
  @IsArray({ message: '$property must be a list of keys.' })
  @Matches(KEY, { each: true, message: 'each of $property must be 32 bytes in base64 or hex.' })
  readonly decryptionKeys: readonly string[] = [];
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: '$property must be an address like https://api.anrok.com, not $value.' },
  )
  readonly baseUrl: string = ANROK_API;
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: '$property must be an address like https://app.anrok.com, not $value.' },
  )
  readonly appUrl?: string;
  @Matches(/^[A-Za-z0-9._-]{1,40}$/, {
    message: '$property must be 1 to 40 letters, digits, dots, dashes or underscores, not $value.',
  })
  readonly transactionIdPrefix: string = 'host';
  @WholeNumber(1, DAY_MS)
  readonly requestTimeoutMs: number = 10_000;
  @WholeNumber(1, DAY_MS)
  readonly estimateTimeoutMs: number = 8_000;
  @WholeNumber(1, 10_000)
  readonly requestsPerSecond: number = 10;
  @IsIn(['void', 'keep'], { message: "$property must be 'void' or 'keep', not $value." })
  readonly lostDispute: 'void' | 'keep' = 'void';
  @IsIn(['automatic', 'manual'], { message: "$property must be 'automatic' or 'manual', not $value." })
  readonly healing: 'automatic' | 'manual' = 'automatic';
  @ValidateNested()
  readonly estimates: EstimatePolicies;
  @ValidateNested()
  readonly estimateCache: EstimateCacheOptions;
  @ValidateNested()
  readonly worker: WorkerOptions;
  @ValidateNested()
  readonly retry: RetryOptions;
  @ValidateNested()
  readonly resync: ResyncOptions;
  @ValidateNested()
  readonly retention: RetentionOptions;
  @IsObject({ message: '$property must be an object of events, such as { invoiceFinalized: { name, subject } }.' })
  readonly events: HostEvents;
  @IsObject({ message: '$property must be an object of OpenTelemetry providers.' })
  readonly telemetry: TelemetryOptions = {};

  private constructor(given: AnrokTaxModuleOptions) {
    Object.assign(this, withoutUndefined(given));
    if (this.baseUrl === ANROK_API) this.appUrl ??= 'https://app.anrok.com';
    this.estimates = Object.assign(new ResolvedEstimatePolicies(), withoutUndefined(given.estimates ?? {}));
    this.estimateCache = Object.assign(new ResolvedEstimateCacheOptions(), withoutUndefined(given.estimateCache ?? {}));
    this.worker = Object.assign(new ResolvedWorkerOptions(), withoutUndefined(given.worker ?? {}));
    this.retry = Object.assign(new ResolvedRetryOptions(), withoutUndefined(given.retry ?? {}));
    this.resync = Object.assign(new ResolvedResyncOptions(), withoutUndefined(given.resync ?? {}));
    this.retention = Object.assign(new ResolvedRetentionOptions(), withoutUndefined(given.retention ?? {}));
    this.events = { ...DEFAULT_EVENTS, ...given.events };
  }

  /** Fills in the defaults. @throws AnrokTaxConfigurationError which names every wrong option and what to give */
  static from(given: AnrokTaxModuleOptions): AnrokTaxOptions {
    const options = new AnrokTaxOptions(given);
    const flaws = validateSync(options, { whitelist: true, forbidNonWhitelisted: true }).flatMap((e) => sentences(e));
    for (const [name, event] of Object.entries(options.events))
      if (!event?.name || typeof event.subject !== 'function')
        flaws.push(`events.${name} must have a name and a function subject(payload).`);
    if (flaws.length > 0) throw new AnrokTaxConfigurationError(flaws);
    return options;
  }
}

const DEFAULT_EVENTS: HostEvents = {
  invoiceFinalized: about('invoice.finalized', 'invoice', 'invoiceId'),
  invoiceVoided: about('invoice.voided', 'invoice', 'invoiceId'),
  invoiceDisputed: about('invoice.disputed', 'invoice', 'invoiceId'),
  invoiceRefreshed: about('invoice.refreshed', 'invoice', 'invoiceId'),
  creditNoteCreated: about('creditNote.created', 'credit_note', 'creditNoteId'),
  creditNoteVoided: about('creditNote.voided', 'credit_note', 'creditNoteId'),
  feeCreated: about('fee.created', 'fee', 'feeId'),
  feeVoided: about('fee.voided', 'fee', 'feeId'),
  customerUpdated: {
    name: 'customer.updated',
    subject: ({ customerId }: { customerId: string }) => customerId,
  },
};

function about(name: string, kind: TaxDocumentKind, idField: string): HostEvent<TaxDocumentReference> {
  return {
    name,
    subject: (payload: Record<string, string>) => ({ kind, id: payload[idField]!, customerId: payload['customerId']! }),
  };
}

/** An option given as undefined is an option not given; and what objects have anyway, such as a constructor, is none. */
function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== undefined && !(name in Object.prototype)),
  ) as Partial<T>;
}

function sentences(error: ValidationError, path = ''): string[] {
  const own = new Set(
    Object.entries(error.constraints ?? {}).map(([rule, message]) =>
      rule === 'whitelistValidation' ? `${path}${error.property} is not an option; remove it.` : `${path}${message}`,
    ),
  );
  return [...own, ...(error.children ?? []).flatMap((child) => sentences(child, `${path}${error.property}.`))];
}
