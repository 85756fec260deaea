import { TextField } from '../parts/field.js';
import type { PagePlace } from '../shell/page-place.js';

/** Brings a file, or the same as text; what it would do is shown first. */
export function ImportForm({ place, code }: { place: PagePlace; code: string }) {
  return (
    <form
      class="fields"
      method="post"
      enctype="multipart/form-data"
      action={place.to(`connections/${code}/mappings/table/import/plan`)}
      aria-label="Import"
    >
      <TextField
        name="file"
        label="CSV file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hint="With the columns item_type, item_id and product_external_id"
      />
      <div class="field wide">
        <label for="field-csv">Or the same as text</label>
        <textarea id="field-csv" name="csv" rows="3" spellcheck="false" />
      </div>
      <label>
        <input type="checkbox" name="check" value="no" /> Don’t ask Anrok whether it has the products
      </label>
      <button type="submit" class="primary">
        Show what it would change
      </button>
    </form>
  );
}
