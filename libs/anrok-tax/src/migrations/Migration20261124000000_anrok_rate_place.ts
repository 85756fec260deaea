import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';

/** The places among which the requests of all processes take turns. */
export class Migration20261124000000_anrok_rate_place extends Migration {
  override name = 'Migration20261124000000_anrok_rate_place';

  override up(): void {
    const sqlite = this.driver.getPlatform() instanceof SqlitePlatform;
    const str = sqlite ? 'text' : 'varchar(255)';
    this.addSql(`create table anrok_rate_place (
      seller ${str} not null, place int not null, free_at bigint not null, paused_until bigint not null,
      primary key (seller, place))`);
  }

  override down(): void {
    this.addSql('drop table if exists anrok_rate_place');
  }
}
