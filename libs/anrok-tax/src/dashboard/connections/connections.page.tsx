import { EmptyState } from '../parts/empty-state.js';
import { TextField } from '../parts/field.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { ConnectionCard } from './connection-card.js';
import type { ConnectionStanding } from './connection-standings.js';

export interface ConnectionsPageProps {
  readonly place: PagePlace;
  readonly standings: readonly ConnectionStanding[];
  readonly now: Date;
}

export function ConnectionsPage({ place, standings, now }: ConnectionsPageProps): string {
  return (
    <Layout place={place} title="Connections">
      <section aria-labelledby="accounts">
        <h2 id="accounts">Anrok accounts</h2>
        {standings.length === 0 ? (
          <EmptyState title="No Anrok account is connected.">Make an API key at Anrok, and enter it below.</EmptyState>
        ) : (
          <div class="cards">
            {standings.map((standing) => (
              <ConnectionCard place={place} standing={standing} now={now} />
            ))}
          </div>
        )}
      </section>
      <section aria-labelledby="connect">
        <h2 id="connect">Connect an account</h2>
        <form class="fields" method="post" action={place.to('connections')} aria-labelledby="connect">
          <TextField name="name" label="Name" hint="For people: Anrok, or Anrok EU" isRequired />
          <TextField name="code" label="Code" hint="For programs, for good: anrok-eu" isRequired />
          <TextField
            name="apiKey"
            label="API key"
            type="password"
            hint="Stored encrypted, and never shown again"
            isRequired
          />
          <button type="submit" class="primary">
            Connect
          </button>
        </form>
      </section>
    </Layout>
  ) as string;
}
