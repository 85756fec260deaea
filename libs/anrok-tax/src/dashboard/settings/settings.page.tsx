import { DataTable } from '../parts/data-table.js';
import { Moment } from '../parts/moment.js';
import type { HostLink } from '../shell/dashboard.options.js';
import { Layout } from '../shell/layout.js';
import type { PagePlace } from '../shell/page-place.js';
import type { OptionGroup } from './option-groups.js';
import type { ScheduleWords } from './schedule-words.js';

export interface SettingsPageProps {
  readonly place: PagePlace;
  /** Whether this process works off documents. */
  readonly worksHere: boolean;
  readonly schedule: (ScheduleWords & { readonly cron: string; readonly timeZone: string }) | null;
  readonly groups: readonly OptionGroup[];
  readonly links: readonly HostLink[];
}

export function SettingsPage({ place, worksHere, schedule, groups, links }: SettingsPageProps): string {
  return (
    <Layout place={place} title="Settings">
      <p class="lead">
        As they are in force in the process that answers you. They are changed where the host imports the module.
      </p>
      <dl class="card facts">
        <dt>This process</dt>
        <dd>{worksHere ? 'serves the web and works off documents' : 'serves the web only: another one has to work'}</dd>
        <dt>Resync</dt>
        <dd>
          {schedule ? <Schedule schedule={schedule} /> : 'never by itself'} <a href={place.to('resyncs')}>Resync now</a>
        </dd>
      </dl>
      {links.length === 0 ? (
        ''
      ) : (
        <section aria-labelledby="host">
          <h2 id="host">In the host</h2>
          <ul>
            {links.map(({ label, href }) => (
              <li>
                <a href={href} safe>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {groups.map(({ title, options }) => (
        <section>
          <h2 safe>{title}</h2>
          <DataTable label={title} columns={['Option', 'Value', 'Meaning']}>
            {options.map(([name, value, meaning]) => (
              <tr>
                <th scope="row">
                  <code safe>{name}</code>
                </th>
                <td safe>{value}</td>
                <td class="sentence" safe>
                  {meaning}
                </td>
              </tr>
            ))}
          </DataTable>
        </section>
      ))}
    </Layout>
  ) as string;
}

function Schedule({ schedule }: { schedule: NonNullable<SettingsPageProps['schedule']> }) {
  const { sentence, cron, timeZone, next } = schedule;
  return (
    <>
      <span safe>{`${sentence}, ${timeZone} (`}</span>
      <code safe>{cron}</code>), next <Moment at={next} />.
    </>
  );
}
