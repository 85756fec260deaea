import type { AttemptOutcome, RecordedExchange, TaxSyncAttempt } from '../../records/tax-sync-attempt.entity.js';
import { EmptyState } from '../parts/empty-state.js';
import { Moment } from '../parts/moment.js';

/** Every try, the latest first: what was said to Anrok, what it answered, how long it took. */
export function AttemptTimeline({ attempts }: { attempts: readonly TaxSyncAttempt[] }) {
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts">Attempts</h2>
      {attempts.length === 0 ? <EmptyState title="It was not tried yet." /> : ''}
      <ol class="timeline">
        {attempts.map((attempt) => (
          <Attempt attempt={attempt} />
        ))}
      </ol>
    </section>
  );
}

const TONES: Readonly<Record<AttemptOutcome, string>> = {
  applied: 'good',
  retrying: 'busy',
  waiting: 'attention',
  failed: 'bad',
};

function Attempt({ attempt }: { attempt: TaxSyncAttempt }) {
  const { startedAt, durationMs, outcome, problemCode, problemMessage, exchanges } = attempt;
  return (
    <li class={TONES[outcome]}>
      <div class="row">
        <Moment at={startedAt} />
        <span class={`badge ${TONES[outcome]}`}>{outcome}</span>
        <span class="soft" safe>{`${durationMs} ms`}</span>
        {problemCode ? <code safe>{problemCode}</code> : ''}
      </div>
      <p safe>{problemMessage ?? ''}</p>
      {exchanges.map((exchange) => (
        <Exchange exchange={exchange} />
      ))}
    </li>
  );
}

function Exchange({ exchange }: { exchange: RecordedExchange }) {
  const { operation, path, request, status, response, durationMs, errorCode } = exchange;
  const answer = status === undefined ? 'no answer' : String(status);
  return (
    <details>
      <summary>
        <strong safe>{operation}</strong>{' '}
        <span class="soft" safe>
          {[answer, `${durationMs} ms`, errorCode].filter(Boolean).join(' · ')}
        </span>
      </summary>
      <p class="soft" safe>{`POST ${path}`}</p>
      <Json label="Request" value={request} />
      <Json label="Answer" value={response} />
    </details>
  );
}

function Json({ label, value }: { label: string; value: unknown }) {
  if (value === undefined) return <></>;
  return (
    <>
      <h3 safe>{label}</h3>
      <pre tabindex="0" role="group" aria-label={label} safe>
        {JSON.stringify(value, null, 2)}
      </pre>
    </>
  );
}
