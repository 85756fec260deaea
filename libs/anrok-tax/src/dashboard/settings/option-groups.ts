import type { AnrokTaxOptions } from '../../options/resolve-options.js';
import { toDuration } from '../parts/duration.js';
import { toCount } from '../parts/words.js';

export interface OptionGroup {
  readonly title: string;
  /** Name, value, and what it means. */
  readonly options: readonly (readonly [string, string, string])[];
}

/** The options as they are in force, for people. What is named here is shown, and nothing else: no key ever is. */
export function toOptionGroups(options: AnrokTaxOptions): readonly OptionGroup[] {
  const { worker, retry, estimates, estimateCache, retention, decryptionKeys } = options;
  return [
    {
      title: 'Anrok',
      options: [
        ['baseUrl', withoutUser(options.baseUrl), 'where Anrok is asked'],
        ['appUrl', options.appUrl === undefined ? 'none' : withoutUser(options.appUrl), 'where links to Anrok lead'],
        [
          'requestsPerSecond',
          String(options.requestsPerSecond),
          'for each account, all processes together on PostgreSQL',
        ],
        ['requestTimeoutMs', toDuration(options.requestTimeoutMs), 'for one exchange'],
        ['transactionIdPrefix', options.transactionIdPrefix, 'begins every transaction id at Anrok'],
        [
          'decryptionKeys',
          decryptionKeys.length === 0 ? 'none' : toCount(decryptionKeys.length, 'further key'),
          'under which API keys may be stored',
        ],
      ],
    },
    {
      title: 'Documents',
      options: [
        ['healing', options.healing, 'whether what waits continues by itself, once its cause is gone'],
        ['lostDispute', options.lostDispute, 'what a lost dispute does to the tax'],
        ['retry.firstDelayMs', toDuration(retry.firstDelayMs), 'the first pause after a failure'],
        ['retry.earlyCeilingMs', toDuration(retry.earlyCeilingMs), 'the longest pause in the first five minutes'],
        ['retry.lateCeilingMs', toDuration(retry.lateCeilingMs), 'the longest pause after that'],
        ['retry.giveUpAfterMs', toDuration(retry.giveUpAfterMs), 'then a person is asked'],
      ],
    },
    {
      title: 'Worker',
      options: [
        [
          'worker.concurrency',
          String(worker.concurrency),
          'documents at a time, in each process; up to four times as many while they are answered at once',
        ],
        ['worker.pollIntervalMs', toDuration(worker.pollIntervalMs), 'between looks for work that nobody announced'],
        ['worker.idleIntervalMs', toDuration(worker.idleIntervalMs), 'the same while all work is announced'],
        ['worker.leaseMs', toDuration(worker.leaseMs), 'after which a dead process’s work is taken over'],
        [
          'worker.lateRequestMs',
          toDuration(worker.lateRequestMs),
          'for which a request without an answer may still arrive; then its document is confirmed',
        ],
        ['resync.batchSize', String(options.resync.batchSize), 'documents of a resync at a time'],
      ],
    },
    {
      title: 'Estimates',
      options: [
        ['estimateTimeoutMs', toDuration(options.estimateTimeoutMs), 'for an estimate in all'],
        [
          'estimateCache.freshForMs',
          toDuration(estimateCache.freshForMs),
          'for which an answer serves usage and wallets',
        ],
        ['estimateCache.staleForMs', toDuration(estimateCache.staleForMs), 'for which it is the last known one'],
        ['estimateCache.store', estimateCache.store ? 'the host’s' : 'memory', 'where answers are kept'],
        ...Object.entries(estimates).map(
          ([purpose, policy]) => [`estimates.${purpose}`, String(policy), 'while Anrok does not answer'] as const,
        ),
      ],
    },
    {
      title: 'Retention',
      options: [
        [
          'retention.attemptDays',
          toCount(retention.attemptDays, 'day'),
          'for which attempts are kept, the latest longer',
        ],
        ['retention.resyncRunDays', toCount(retention.resyncRunDays, 'day'), 'for which finished resyncs are kept'],
        [
          'retention.recordDays',
          retention.recordDays === null ? 'for ever' : toCount(retention.recordDays, 'day'),
          'for which finished records outlive their documents',
        ],
      ],
    },
  ];
}

/** An address may hold a user and a password. */
function withoutUser(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
}
