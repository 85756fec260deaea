import type { TaxDocumentReference } from '@anrok-nest/tax';
import type { MeterProvider, TracerProvider } from '@opentelemetry/api';

/** What may come from a factory: values. What the module is made of, see AnrokTaxModuleExtras. */
export interface AnrokTaxModuleOptions {
  /**
   * 32 bytes, in base64 or hex, under which API keys are encrypted in the database. Whoever loses it has to enter the
   * keys again. Make one with `openssl rand -base64 32`.
   */
  readonly encryptionKey: string;
  /**
   * Further keys under which API keys may be stored, to change `encryptionKey` without entering them again: first add the
   * new key here in every process, then exchange the two; what is stored is encrypted anew when a process starts, and
   * the old key can go. Default none.
   */
  readonly decryptionKeys?: readonly string[];
  /** Where Anrok is. Default `https://api.anrok.com`; the simulator's address for development. */
  readonly baseUrl?: string;
  /**
   * Where people see Anrok's pages, for links. Default `https://app.anrok.com`, and no links where `baseUrl` is somebody
   * else's.
   */
  readonly appUrl?: string;
  /**
   * First part of every transaction id at Anrok, such as `prod` in `prod:invoice:42`. Never change it once documents
   * are recorded: they would be recorded again under the new one. Default `host`.
   */
  readonly transactionIdPrefix?: string;
  /** Milliseconds for one exchange with Anrok, answer included. Default 10,000. */
  readonly requestTimeoutMs?: number;
  /** Milliseconds that an estimate may take in all, waiting for its turn included. Default 8,000. */
  readonly estimateTimeoutMs?: number;
  readonly estimates?: Partial<EstimatePolicies>;
  readonly estimateCache?: Partial<EstimateCacheOptions>;
  /** Requests a second and Anrok account. Default 10, Anrok's own limit. */
  readonly requestsPerSecond?: number;
  /**
   * What a lost payment dispute does to the invoice's tax. `void`: the sale is taken out of the returns. `keep`: it
   * stays, for sellers who claim bad debt another way. Default `void`.
   */
  readonly lostDispute?: 'void' | 'keep';
  /**
   * Whether documents that wait for a mapping, an address or a key continue by themselves once it is there.
   * `manual`: when somebody retries them. Default `automatic`.
   */
  readonly healing?: 'automatic' | 'manual';
  readonly worker?: Partial<WorkerOptions>;
  readonly retry?: Partial<RetryOptions>;
  readonly resync?: Partial<ResyncOptions>;
  readonly retention?: Partial<RetentionOptions>;
  readonly events?: Partial<HostEvents>;
  readonly telemetry?: TelemetryOptions;
}

/**
 * What becomes of an estimate while Anrok does not answer. `fail`: the error. `pending`: TaxPendingError, which hosts
 * show as "tax to come". `stale`: the last known answer for the same content, marked as such; as `fail` where none is
 * known. What waiting can't mend, such as an unmapped item, fails always.
 */
export type EstimatePolicy = 'fail' | 'pending' | 'stale';

/** By the purpose of the estimate. Default `fail` for each. */
export interface EstimatePolicies {
  readonly draft: EstimatePolicy;
  readonly oneOff: EstimatePolicy;
  readonly preview: EstimatePolicy;
  readonly fee: EstimatePolicy;
  readonly usage: EstimatePolicy;
  readonly wallet: EstimatePolicy;
}

export interface EstimateCacheOptions {
  /**
   * Milliseconds for which an answer serves estimates of usage and wallets, at other amounts by its rates; 0 asks
   * anew every time. Default 24 hours.
   */
  readonly freshForMs: number;
  /** Milliseconds for which an answer is the last known one, where a policy is `stale`. Default 30 days. */
  readonly staleForMs: number;
  /**
   * Where answers are kept, such as `new KeyvRedis(url)`: then all processes share them, and hear it together when a
   * customer changes. Default: the memory of each process, for the 10,000 that were wanted last.
   */
  readonly store?: EstimateStore;
}

/** A Keyv, a storage adapter for one, of any version, or a Map. The host opens and closes it. */
export interface EstimateStore {
  get(key: string): unknown;
  set(key: string, value: unknown, ttlMs?: number): unknown;
  delete(key: string): unknown;
  clear(): unknown;
}

export interface WorkerOptions {
  /** Whether this process works off documents. False for a process that only serves the web. Default true. */
  readonly enabled: boolean;
  /**
   * Documents that are prepared and sent at a time; over BullMQ, of each connection. Up to four times as many while they
   * are answered at once, because together they cost less. What is answered and being written down does not count.
   * Default 8.
   */
  readonly concurrency: number;
  /**
   * Milliseconds between looks for work that nobody announced; up to eight times as many while these find nothing.
   * Default 1,000.
   */
  readonly pollIntervalMs: number;
  /** The same while nothing is due and all processes announce their work, as on PostgreSQL. Default 30,000. */
  readonly idleIntervalMs: number;
  /** Milliseconds after which the work of a dead process is taken over. Default 60,000. */
  readonly leaseMs: number;
  /**
   * Milliseconds for which Anrok may still carry out a request after it was given up without an answer. What is recorded
   * meanwhile is recorded once more at their end, because the late request may have undone it. Default 120,000.
   */
  readonly lateRequestMs: number;
}

export interface RetryOptions {
  /** The first pause after a failure. Default 1,000. */
  readonly firstDelayMs: number;
  /** The longest pause in the first five minutes, while people watch. Default 30,000. */
  readonly earlyCeilingMs: number;
  /** The longest pause after that. Default 1,800,000 (half an hour). */
  readonly lateCeilingMs: number;
  /** Since its first failure in a row, after which a document is given up and a person is asked. Default 72 hours. */
  readonly giveUpAfterMs: number;
}

/** The resync of all that should have its tax from Anrok and has not. */
export interface ResyncOptions {
  /**
   * When it starts by itself, as a cron expression of five fields, or six with seconds. Default `0 3 * * *`; null for
   * never. Needs ScheduleModule at the host's root, and happens once however many processes there are.
   */
  readonly cron: string | null;
  /** IANA name of the time zone that the expression is meant in. Default UTC. */
  readonly timeZone: string;
  /** Documents that are made due at a time. Default 50. */
  readonly batchSize: number;
}

/**
 * How long what was done is kept for people to read. Where documents stand and what Anrok holds of them is kept for as
 * long as the host has the documents: without it, a document could be recorded twice.
 */
export interface RetentionOptions {
  /** Days for which attempts are kept; the latest of each document stays. Default 365. */
  readonly attemptDays: number;
  /** Days for which finished resyncs are kept. Default 365. */
  readonly resyncRunDays: number;
  /**
   * Days after which the record of a document goes that is finished and that the host has no longer, as when it archives
   * its old invoices; of a credit note, when its invoice is gone too. Anrok keeps what it holds. Default null: never.
   */
  readonly recordDays: number | null;
}

/** Where measurements and traces go. Default: OpenTelemetry's global providers, to be registered before Nest starts. */
export interface TelemetryOptions {
  readonly meterProvider?: MeterProvider;
  readonly tracerProvider?: TracerProvider;
}

/** The host's events, and what they are about. */
export interface HostEvents {
  /** Default: `invoice.finalized` with `{ invoiceId, customerId }`. */
  readonly invoiceFinalized: HostEvent<TaxDocumentReference>;
  /** Default: `invoice.voided` with `{ invoiceId, customerId }`. */
  readonly invoiceVoided: HostEvent<TaxDocumentReference>;
  /** A payment dispute was lost. Default: `invoice.disputed` with `{ invoiceId, customerId }`. */
  readonly invoiceDisputed: HostEvent<TaxDocumentReference>;
  /** A final invoice is not what it was. Default: `invoice.refreshed` with `{ invoiceId, customerId }`. */
  readonly invoiceRefreshed: HostEvent<TaxDocumentReference>;
  /** Default: `creditNote.created` with `{ creditNoteId, customerId }`. */
  readonly creditNoteCreated: HostEvent<TaxDocumentReference>;
  /** Default: `creditNote.voided` with `{ creditNoteId, customerId }`. */
  readonly creditNoteVoided: HostEvent<TaxDocumentReference>;
  /** A fee that is on no invoice. Default: `fee.created` with `{ feeId, customerId }`. */
  readonly feeCreated: HostEvent<TaxDocumentReference>;
  /** Such a fee was taken back, and is there no more. Default: `fee.voided` with `{ feeId, customerId }`. */
  readonly feeVoided: HostEvent<TaxDocumentReference>;
  /** Default: `customer.updated` with `{ customerId }`. */
  readonly customerUpdated: HostEvent<string>;
}

export interface HostEvent<Subject> {
  readonly name: string;
  /** What the event's payload is about; undefined when this one is none of the module's business. */
  readonly subject: (payload: never) => Subject | undefined;
}
