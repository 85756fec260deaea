import type { Connection } from '../../connection/connection.entity.js';
import { writeKey } from '../../mapping/mapping-notation.js';
import type { InvalidMappingFileError } from '../../settings/item-mapping.error.js';
import type { MappingImport } from '../../settings/mapping-csv.service.js';
import { ConnectionTabs } from '../connections/connection-tabs.js';
import { DataTable } from '../parts/data-table.js';
import { EmptyState } from '../parts/empty-state.js';
import { ProblemBox } from '../parts/problem-box.js';
import { toCount } from '../parts/words.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import { ImportForm } from './import-form.js';

export interface ImportPlanPageProps {
  readonly place: PagePlace;
  readonly connection: Connection;
  /** What was sent, to be sent again. */
  readonly csv: string;
  readonly plan?: MappingImport;
  /** In place of a plan, where lines are bad. */
  readonly refusal?: InvalidMappingFileError;
}

const MOST_SHOWN = 200;

export function ImportPlanPage({ place, connection: { code, name }, csv, plan, refusal }: ImportPlanPageProps): string {
  return (
    <Layout place={place} title={name}>
      <ConnectionTabs place={place} code={code} />
      <h2>What the file would change</h2>
      {refusal ? <BadLines place={place} code={code} refusal={refusal} /> : ''}
      {plan ? <Plan place={place} code={code} csv={csv} plan={plan} /> : ''}
    </Layout>
  ) as string;
}

function BadLines({ place, code, refusal }: { place: PagePlace; code: string; refusal: InvalidMappingFileError }) {
  const { problem, flaws } = refusal;
  return (
    <>
      <ProblemBox problem={problem} />
      <DataTable label="Bad lines" columns={['#Line', 'Why it can’t be taken']}>
        {flaws.slice(0, MOST_SHOWN).map(({ line, reason }) => (
          <tr>
            <th scope="row" class="number">
              {line}
            </th>
            <td safe>{reason}</td>
          </tr>
        ))}
      </DataTable>
      <h3 class="below">Bring the corrected file</h3>
      <ImportForm place={place} code={code} />
    </>
  );
}

function Plan({ place, code, csv, plan }: { place: PagePlace; code: string; csv: string; plan: MappingImport }) {
  const { created, changed, unchanged, changes, continuing, problem, uncheckedProducts } = plan;
  if (changes.length === 0)
    return (
      <EmptyState title="It would change nothing.">
        <span safe>{`${toCount(unchanged, 'mapping of it is', 'mappings of it are')} there already.`}</span>
      </EmptyState>
    );
  return (
    <>
      <p class="lead" safe>
        {`${created} new, ${changed} changed, ${unchanged} as they are. ${continuing === 0 ? 'No document waits for them.' : `${toCount(continuing, 'document continues', 'documents continue')} with it.`} What the file does not name stays.`}
      </p>
      {problem ? (
        <ProblemBox
          problem={{
            ...problem,
            message: `Anrok could not be asked for ${toCount(uncheckedProducts.length, 'product')}: ${problem.message}`,
          }}
        />
      ) : (
        ''
      )}
      <form
        class="fields"
        method="post"
        enctype="multipart/form-data"
        action={place.to(`connections/${code}/mappings/table/import`)}
      >
        <textarea name="csv" hidden aria-label="The file" safe>
          {`\n${csv}`}
        </textarea>
        <button type="submit" class="primary" safe>
          {`Import ${toCount(changes.length, 'mapping')}`}
        </button>
        <a href={place.to(`connections/${code}/mappings/table`)}>Leave it</a>
      </form>
      <DataTable label="Changes" columns={['Kind of item', 'Item', 'Product until now', 'Product then']}>
        {changes.slice(0, MOST_SHOWN).map((change) => {
          const { itemType, itemId = 'all' } = writeKey(change);
          return (
            <tr>
              <th scope="row" safe>
                {itemType}
              </th>
              <td safe>{itemId}</td>
              <td safe>{change.before ?? '–'}</td>
              <td safe>{change.productExternalId}</td>
            </tr>
          );
        })}
      </DataTable>
      {changes.length > MOST_SHOWN ? <p class="below" safe>{`And ${changes.length - MOST_SHOWN} more.`}</p> : ''}
    </>
  );
}
