import type { ConnectionDependents } from '../../removal/connection-dependents.js';
import { ActionForm } from '../parts/action-form.js';
import { TextField } from '../parts/field.js';
import { toCount } from '../parts/words.js';
import type { PagePlace } from '../shell/page-place.js';

export interface DeleteConnectionProps {
  readonly place: PagePlace;
  readonly code: string;
  readonly dependents: ConnectionDependents;
}

/** What would go with the connection, or keeps it; the button only where there is something to press it for. */
export function DeleteConnection({ place, code, dependents }: DeleteConnectionProps) {
  const { documents, runningResyncs } = dependents;
  return (
    <section aria-labelledby="delete">
      <h2 id="delete">Delete</h2>
      {documents > 0 || runningResyncs > 0 ? (
        <Kept place={place} code={code} dependents={dependents} />
      ) : (
        <Deletable place={place} code={code} dependents={dependents} />
      )}
    </section>
  );
}

function Kept({ place, code, dependents }: DeleteConnectionProps) {
  const { documents, unfinishedDocuments, runningResyncs } = dependents;
  return (
    <div class="card">
      <p>
        <strong>It can’t be deleted.</strong>{' '}
        {documents > 0 ? (
          <span safe>
            {`${toCount(documents, 'document')} went over it, ${unfinishedDocuments} of them not done: they need it when they are voided or credited. To use it no more, link its customers to another connection.`}
          </span>
        ) : (
          <span safe>{`${toCount(runningResyncs, 'resync')} of it is running: cancel it, or let it end.`}</span>
        )}
      </p>
      <p class="row">
        <a href={place.to(`documents?connectionCode=${code}`)}>Its documents</a>
        <a href={place.to('resyncs')}>Resyncs</a>
      </p>
    </div>
  );
}

function Deletable({ place, code, dependents: { customers, mappings } }: DeleteConnectionProps) {
  const isFree = customers + mappings === 0;
  const consequences = isFree
    ? 'Nothing depends on it: only its key goes. Nothing changes at Anrok.'
    : `With it, ${toCount(customers, 'customer is', 'customers are')} unlinked, so that Anrok taxes them no more, and ${toCount(mappings, 'mapping is', 'mappings are')} deleted. Nothing changes at Anrok. It can’t be undone.`;
  return (
    <ActionForm
      action={place.to(`connections/${code}/delete`)}
      label="Delete the connection"
      tone="danger"
      confirm={consequences}
    >
      {isFree ? '' : <TextField name="typed" label={`To confirm, type ${code}`} isRequired />}
    </ActionForm>
  );
}
