/** What sending webhooks needs to know. */
export interface WebhookOptions {
  /** 32 bytes, from which the secret of every endpoint is derived. Another one gives every endpoint another secret. */
  readonly signingKey: Buffer;
  /** Whether this process sends, or leaves that to others and only writes down what is to be sent. */
  readonly worker: boolean;
  /** Days after which what was delivered is deleted. */
  readonly retentionDays: number;
  /** Deliveries at a time. Default 8. */
  readonly concurrency?: number;
  /** Milliseconds for one try, answer included. Default 10,000. */
  readonly timeoutMs?: number;
  /** Milliseconds after which the deliveries of a dead process are taken over. Default 60,000. */
  readonly leaseMs?: number;
  /** Milliseconds between looks for what is due. Default 1,000. */
  readonly pollIntervalMs?: number;
}

export const WEBHOOK_OPTIONS = Symbol('WEBHOOK_OPTIONS');
