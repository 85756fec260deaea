import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';

/** The runs of the resync. */
export class Migration20261123000000_anrok_resync extends Migration {
  override name = 'Migration20261123000000_anrok_resync';

  override up(): void {
    const sqlite = this.driver.getPlatform() instanceof SqlitePlatform;
    const id = sqlite ? 'text' : 'uuid';
    const str = (length: number) => (sqlite ? 'text' : `varchar(${length})`);
    const time = sqlite ? 'datetime' : 'timestamptz(3)';
    const json = sqlite ? 'json' : 'jsonb';
    this.addSql(`create table anrok_resync_run (
      id ${id} not null primary key, status ${str(20)} not null, filter ${json} not null,
      requested_by ${str(255)} not null, scheduled_for ${time} null, total int null, done int not null,
      synced int not null, unchanged int not null, failing ${json} not null, cursor ${json} not null, batch ${json} null,
      revision int not null, lease_owner ${str(100)} null, lease_until ${time} null, stuck_since ${time} null,
      problem ${json} null, started_at ${time} not null, finished_at ${time} null)`);
    const unique = 'anrok_resync_run_scheduled_for_unique';
    this.addSql(
      sqlite
        ? `create unique index ${unique} on anrok_resync_run (scheduled_for)`
        : `alter table anrok_resync_run add constraint ${unique} unique (scheduled_for)`,
    );
  }

  override down(): void {
    this.addSql('drop table if exists anrok_resync_run');
  }
}
