import type { TaxDocumentReference } from '@anrok-nest/tax';

/** What may come from a factory: values. What the module is made of, see AnrokTaxModuleExtras. */
export interface AnrokTaxModuleOptions {
  /**
   * 32 bytes, in base64 or hex, under which API keys are encrypted in the database. Whoever loses it has to enter the
   * keys again. Make one with `openssl rand -base64 32`.
   */
  readonly encryptionKey: string;
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
  /** Requests a second and Anrok account. Default 10, Anrok's own limit. */
  readonly requestsPerSecond?: number;
  readonly worker?: Partial<WorkerOptions>;
  readonly retry?: Partial<RetryOptions>;
  readonly events?: Partial<HostEvents>;
}

export interface WorkerOptions {
  /** Whether this process works off documents. False for a process that only serves the web. Default true. */
  readonly enabled: boolean;
  /** Documents at a time. Default 8. */
  readonly concurrency: number;
  /** Milliseconds between looks for work that nobody announced. Default 1,000. */
  readonly pollIntervalMs: number;
  /** Milliseconds after which the work of a dead process is taken over. Default 60,000. */
  readonly leaseMs: number;
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

/** The host's events, and what they are about. */
export interface HostEvents {
  /** Default: `invoice.finalized` with `{ invoiceId, customerId }`. */
  readonly invoiceFinalized: HostEvent<TaxDocumentReference>;
  /** Default: `customer.updated` with `{ customerId }`. */
  readonly customerUpdated: HostEvent<string>;
}

export interface HostEvent<Subject> {
  readonly name: string;
  /** What the event's payload is about; undefined when this one is none of the module's business. */
  readonly subject: (payload: never) => Subject | undefined;
}
