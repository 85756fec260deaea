import { Migration } from '@mikro-orm/migrations';
import { SqlitePlatform } from '@mikro-orm/sql';

/**
 * Places are worth nothing a second later, so that nobody has to wait until one is on the disk. After a crash of
 * PostgreSQL the table is empty, and made anew.
 */
export class Migration20261128120000_anrok_rate_place_unlogged extends Migration {
  override name = 'Migration20261128120000_anrok_rate_place_unlogged';

  override up(): void {
    this.set('unlogged');
  }

  override down(): void {
    this.set('logged');
  }

  private set(persistence: 'logged' | 'unlogged'): void {
    if (this.driver.getPlatform() instanceof SqlitePlatform) return;
    this.addSql(`alter table anrok_rate_place set ${persistence}`);
  }
}
