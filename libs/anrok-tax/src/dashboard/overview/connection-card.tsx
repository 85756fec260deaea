import type { LimitUsage } from '@anrok-nest/client';
import type { Backlog } from '../../records/tax-sync.read-model.js';
import { ActionForm } from '../parts/action-form.js';
import { toDuration } from '../parts/duration.js';
import { ProblemBox } from '../parts/problem-box.js';
import { StatusBadge } from '../parts/status-badge.js';
import type { PagePlace } from '../shell/page-place.js';
import type { ConnectionStanding } from './overview.service.js';

export interface ConnectionCardProps {
  readonly place: PagePlace;
  readonly standing: ConnectionStanding;
  readonly now: Date;
}

/** An Anrok account: whether it works, what is not done over it and since when, how busy it is. */
export function ConnectionCard({ place, standing: { connection, usage, backlog }, now }: ConnectionCardProps) {
  const { code, name, maskedApiKey, pausedAt, pausedProblem } = connection;
  const [oldest] = backlog;
  const open = backlog.reduce((sum, { count }) => sum + count, 0);
  return (
    <article class="card">
      <header>
        <h3 safe>{name}</h3>
        <StatusBadge status={pausedAt ? 'paused' : 'working'} />
      </header>
      {pausedAt && pausedProblem ? (
        <ProblemBox problem={pausedProblem}>
          <ActionForm
            action={place.to(`overview/connections/${encodeURIComponent(code)}/test`)}
            label="Test the key"
            tone="primary"
          />
        </ProblemBox>
      ) : (
        ''
      )}
      <dl>
        <dt>Code</dt>
        <dd>
          <code safe>{code}</code>
        </dd>
        <dt>Key</dt>
        <dd>
          <code safe>{maskedApiKey}</code>
        </dd>
        <dt>Not done</dt>
        <dd safe>{open === 0 ? 'nothing' : documents(open)}</dd>
        {oldest ? <Oldest backlog={oldest} now={now} /> : ''}
        {usage ? <Usage usage={usage} /> : ''}
      </dl>
    </article>
  );
}

function Oldest({ backlog: { status, oldestRequestedAt }, now }: { backlog: Backlog; now: Date }) {
  return (
    <>
      <dt>Oldest</dt>
      <dd safe>{`${status} for ${toDuration(now.getTime() - oldestRequestedAt.getTime())}`}</dd>
    </>
  );
}

function Usage({ usage: { limit, taken, waiting, pausedForMs } }: { usage: LimitUsage }) {
  const rest = [
    waiting > 0 && `${waiting} waiting`,
    pausedForMs > 0 && `Anrok asked to wait for ${toDuration(pausedForMs)} more`,
  ].filter(Boolean);
  return (
    <>
      <dt>Anrok’s limit</dt>
      <dd>
        <meter min="0" max={String(limit)} value={String(taken)} aria-label="Requests in this second">
          {taken}
        </meter>{' '}
        <span safe>{[`${taken} of ${limit} requests in this second`, ...rest].join(', ')}</span>
      </dd>
    </>
  );
}

const documents = (count: number) => `${count} document${count === 1 ? '' : 's'}`;
