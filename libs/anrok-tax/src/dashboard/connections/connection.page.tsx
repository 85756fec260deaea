import type { Connection } from '../../connection/connection.entity.js';
import type { ConnectionDependents } from '../../removal/connection-dependents.js';
import { ActionForm } from '../parts/action-form.js';
import { TextField } from '../parts/field.js';
import { Moment } from '../parts/moment.js';
import { ProblemBox } from '../parts/problem-box.js';
import { StatusBadge } from '../parts/status-badge.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { ConnectionTabs } from './connection-tabs.js';
import { DeleteConnection } from './delete-connection.js';

export interface ConnectionPageProps {
  readonly place: PagePlace;
  readonly connection: Connection;
  readonly dependents: ConnectionDependents;
}

export function ConnectionPage({ place, connection, dependents }: ConnectionPageProps): string {
  const { code, name, pausedAt, pausedProblem } = connection;
  const test = <ActionForm action={place.to(`connections/${code}/test`)} label="Test the key" />;
  return (
    <Layout place={place} title={name} safeActions={test}>
      <ConnectionTabs place={place} code={code} />
      {pausedAt && pausedProblem ? (
        <ProblemBox problem={pausedProblem}>
          <a class="button primary" href="#field-apiKey">
            Enter another key
          </a>
          <span class="soft">
            Nothing is sent over it since <Moment at={pausedAt} />. It continues by itself once Anrok takes the key.
          </span>
        </ProblemBox>
      ) : (
        ''
      )}
      <Facts connection={connection} />
      <section aria-labelledby="key">
        <h2 id="key">Exchange the key</h2>
        <form class="fields" method="post" action={place.to(`connections/${code}/key`)} aria-labelledby="key">
          <TextField
            name="apiKey"
            label="New API key"
            type="password"
            hint="Of the same account. Asked of Anrok first; stored encrypted, never shown again"
            isRequired
          />
          <button type="submit" class="primary">
            Test and store it
          </button>
        </form>
      </section>
      <section aria-labelledby="rename">
        <h2 id="rename">Rename</h2>
        <form class="fields" method="post" action={place.to(`connections/${code}/name`)} aria-labelledby="rename">
          <TextField name="name" label="Name" value={name} isRequired />
          <button type="submit">Rename</button>
        </form>
      </section>
      <DeleteConnection place={place} code={code} dependents={dependents} />
    </Layout>
  ) as string;
}

function Facts({ connection }: { connection: Connection }) {
  const { code, sellerId, maskedApiKey, pausedAt, createdAt, updatedAt } = connection;
  return (
    <dl class="card facts">
      <dt>Standing</dt>
      <dd>
        <StatusBadge status={pausedAt ? 'paused' : 'working'} />
      </dd>
      <dt>Account at Anrok</dt>
      <dd safe>{sellerId ?? 'The key does not tell.'}</dd>
      <dt>Key</dt>
      <dd>
        <code safe>{maskedApiKey}</code>
      </dd>
      <dt>Code</dt>
      <dd>
        <code safe>{code}</code>
      </dd>
      <dt>Connected</dt>
      <dd>
        <Moment at={createdAt} />
      </dd>
      <dt>Last changed</dt>
      <dd>
        <Moment at={updatedAt} />
      </dd>
    </dl>
  );
}
