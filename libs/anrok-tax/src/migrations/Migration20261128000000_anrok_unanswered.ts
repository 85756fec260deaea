import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';

/** Which documents have a request at Anrok that nobody waits for any more. */
export class Migration20261128000000_anrok_unanswered extends Migration {
  override name = 'Migration20261128000000_anrok_unanswered';

  override up(): void {
    const time = this.driver.getPlatform() instanceof SqlitePlatform ? 'datetime' : 'timestamptz(3)';
    this.addSql(`alter table anrok_sync_record add column unanswered_at ${time} null`);
  }

  override down(): void {
    this.addSql('alter table anrok_sync_record drop column unanswered_at');
  }
}
