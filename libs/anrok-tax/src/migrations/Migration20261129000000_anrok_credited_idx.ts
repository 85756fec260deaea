import { Migration } from '@mikro-orm/migrations';

/** Only credit notes credit an invoice: what all other documents write need not change this index. */
export class Migration20261129000000_anrok_credited_idx extends Migration {
  override name = 'Migration20261129000000_anrok_credited_idx';

  override up(): void {
    this.replace('where credited_invoice_id is not null');
  }

  override down(): void {
    this.replace('');
  }

  private replace(condition: string): void {
    this.addSql('drop index anrok_sync_record_credited_idx');
    this.addSql(
      `create index anrok_sync_record_credited_idx on anrok_sync_record (credited_invoice_id) ${condition}`.trim(),
    );
  }
}
