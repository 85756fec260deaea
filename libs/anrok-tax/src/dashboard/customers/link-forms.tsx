import type { Connection } from '../../connection/connection.entity.js';
import type { CustomerOverview } from '../../settings/customer-overview.read-model.js';
import { ActionForm } from '../parts/action-form.js';
import { EmptyState } from '../parts/empty-state.js';
import { SelectField, TextField } from '../parts/field.js';
import type { PagePlace } from '../shell/page-place.js';

export interface LinkFormsProps {
  readonly place: PagePlace;
  readonly customer: CustomerOverview;
  readonly connections: readonly Connection[];
}

/** Ties the customer to Anrok, changes the tie, or undoes it. */
export function LinkForms({ place, customer: { id, link }, connections }: LinkFormsProps) {
  const here = `customers/${encodeURIComponent(id)}`;
  if (connections.length === 0)
    return (
      <EmptyState title="No Anrok account is connected.">
        <a href={place.to('connections')}>Connect one</a>, and the customer can be linked to it.
      </EmptyState>
    );
  return (
    <section aria-labelledby="link">
      <h2 id="link">{link ? 'Change the link' : 'Have Anrok tax it'}</h2>
      <form class="fields" method="post" action={place.to(`${here}/link`)} aria-labelledby="link">
        <SelectField
          name="connectionCode"
          label="Connection"
          value={link?.connectionCode}
          options={connections.map(({ code, name }) => [code, name] as const)}
          none={null}
        />
        <TextField
          name="anrokCustomerId"
          label="Customer at Anrok"
          value={link && !link.createAtAnrok ? link.anrokCustomerId : undefined}
          hint="Empty: the host’s id. Anrok creates whom it does not have with the first invoice"
        />
        <button type="submit" class="primary">
          {link ? 'Change' : 'Link'}
        </button>
      </form>
      {link ? (
        <ActionForm
          action={place.to(`${here}/unlink`)}
          label="Unlink"
          tone="danger"
          confirm="From now on Anrok does not tax it. What is recorded stays recorded; documents that wait go on waiting."
        />
      ) : (
        ''
      )}
    </section>
  );
}
