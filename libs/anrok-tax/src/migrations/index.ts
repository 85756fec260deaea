import { Migration20261122000000_anrok_tax } from './Migration20261122000000_anrok_tax.js';
import { Migration20261123000000_anrok_resync } from './Migration20261123000000_anrok_resync.js';
import { Migration20261124000000_anrok_rate_place } from './Migration20261124000000_anrok_rate_place.js';
import { Migration20261128000000_anrok_unanswered } from './Migration20261128000000_anrok_unanswered.js';
import { Migration20261128120000_anrok_rate_place_unlogged } from './Migration20261128120000_anrok_rate_place_unlogged.js';
import { Migration20261129000000_anrok_credited_idx } from './Migration20261129000000_anrok_credited_idx.js';
import { Migration20261129120000_anrok_former_customer } from './Migration20261129120000_anrok_former_customer.js';

/**
 * The module's migrations, oldest first; the host adds them to its own:
 * `migrationsList: [...hostMigrations, ...anrokTaxMigrations]`.
 */
export const anrokTaxMigrations = [
  Migration20261122000000_anrok_tax,
  Migration20261123000000_anrok_resync,
  Migration20261124000000_anrok_rate_place,
  Migration20261128000000_anrok_unanswered,
  Migration20261128120000_anrok_rate_place_unlogged,
  Migration20261129000000_anrok_credited_idx,
  Migration20261129120000_anrok_former_customer,
];
