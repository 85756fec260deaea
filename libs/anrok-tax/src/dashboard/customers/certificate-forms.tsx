import { TextField } from '../parts/field.js';
import type { PagePlace } from '../shell/page-place.js';

/** A certificate that is at hand goes to Anrok; for one that is not, Anrok asks the customer. */
export function CertificateForms({ place, id }: { place: PagePlace; id: string }) {
  const here = place.to(`customers/${encodeURIComponent(id)}/certificates`);
  return (
    <>
      <section aria-labelledby="add">
        <h2 id="add">Add a certificate</h2>
        <form class="fields" method="post" enctype="multipart/form-data" action={here} aria-labelledby="add">
          <TextField
            name="file"
            label="The document"
            type="file"
            accept="image/*,application/pdf"
            hint="An image or a PDF; it goes to Anrok and nowhere else"
            isRequired
          />
          <TextField name="states" label="States" hint="That it exempts from: MA, NY" isRequired />
          <TextField name="effectiveFrom" label="First day" type="date" isRequired />
          <TextField name="expiresOn" label="Last day" type="date" hint="Empty: it never ends" />
          <TextField name="exemptionNumber" label="Exemption number" />
          <TextField name="notes" label="Notes" />
          <button type="submit" class="primary">
            Add
          </button>
        </form>
      </section>
      <section aria-labelledby="ask">
        <h2 id="ask">Ask the customer for one</h2>
        <form class="fields" method="post" action={`${here}/request`} aria-labelledby="ask">
          <TextField name="emailAddress" label="E-mail address" type="email" isRequired />
          <button type="submit" class="primary">
            Have Anrok write to it
          </button>
          <button type="submit" formaction={`${here}/request-link`}>
            Show me the link instead
          </button>
        </form>
      </section>
    </>
  );
}
