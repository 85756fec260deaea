import type { LimitUsage } from '@anrok-nest/client';
import type { Backlog } from '../../records/tax-sync.read-model.js';
import { ActionForm } from '../parts/action-form.js';
import { toDuration } from '../parts/duration.js';
import { ProblemBox } from '../parts/problem-box.js';
import { StatusBadge } from '../parts/status-badge.js';
import { toCount } from '../parts/words.js';
import type { PagePlace } from '../shell/page-place.js';
import type { ConnectionStanding } from './connection-standings.js';

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
        <h3>
          <a href={place.to(`connections/${code}`)} safe>
            {name}
          </a>
        </h3>
        <StatusBadge status={pausedAt ? 'paused' : 'working'} />
      </header>
      {pausedAt && pausedProblem ? (
        <ProblemBox problem={pausedProblem}>
          <ActionForm action={place.to(`connections/${code}/test`)} label="Test the key" tone="primary" />
          <a class="button" href={place.to(`connections/${code}#field-apiKey`)}>
            Enter another key
          </a>
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
        <dd safe>{open === 0 ? 'nothing' : toCount(open, 'document')}</dd>
        {oldest ? <Oldest backlog={oldest} now={now} /> : ''}
        {usage ? <Usage usage={usage} /> : ''}
      </dl>
      <p class="below row">
        <a href={place.to(`connections/${code}/mappings`)}>Mappings</a>
        <a href={place.to(`documents?connectionCode=${code}`)}>Documents</a>
      </p>
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
