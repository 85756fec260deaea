import { Migration20261101000000_billing } from './Migration20261101000000_billing.js';

/** Billing's migrations, oldest first, for the ORM's configuration. */
export const hostMigrations = [Migration20261101000000_billing];
