import { Migration } from '@mikro-orm/migrations';

/** Which documents Anrok may hold for another customer than they have by now. */
export class Migration20261129120000_anrok_former_customer extends Migration {
  override name = 'Migration20261129120000_anrok_former_customer';

  override up(): void {
    this.addSql('alter table anrok_sync_record add column former_customer_id varchar(255) null');
  }

  override down(): void {
    this.addSql('alter table anrok_sync_record drop column former_customer_id');
  }
}
