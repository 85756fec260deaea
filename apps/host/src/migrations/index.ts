import { Migration20261101000000_billing } from './Migration20261101000000_billing.js';
import { Migration20261103000000_subscriptions } from './Migration20261103000000_subscriptions.js';
import { Migration20261115000000_credit_notes } from './Migration20261115000000_credit_notes.js';
import { Migration20261124000000_webhooks } from './Migration20261124000000_webhooks.js';
import { Migration20261125000000_wallets } from './Migration20261125000000_wallets.js';

/** Billing's migrations, oldest first, for the ORM's configuration. */
export const hostMigrations = [
  Migration20261101000000_billing,
  Migration20261103000000_subscriptions,
  Migration20261115000000_credit_notes,
  Migration20261124000000_webhooks,
  Migration20261125000000_wallets,
];
