import { RatePlace } from './budget/rate-place.entity.js';
import { Connection } from './connection/connection.entity.js';
import { CustomerLink } from './connection/customer-link.entity.js';
import { ItemMappingRow } from './connection/item-mapping.entity.js';
import { HeldTransaction } from './records/held-transaction.entity.js';
import { TaxSyncAttempt } from './records/tax-sync-attempt.entity.js';
import { TaxSyncRecord } from './records/tax-sync-record.entity.js';
import { TaxSyncWait } from './records/tax-sync-wait.entity.js';
import { ResyncRun } from './resync/resync-run.entity.js';

/** The module's entities; the host adds them to its own: `entities: [...hostEntities, ...anrokTaxEntities]`. */
export const anrokTaxEntities = [
  Connection,
  ItemMappingRow,
  CustomerLink,
  TaxSyncRecord,
  TaxSyncWait,
  TaxSyncAttempt,
  HeldTransaction,
  ResyncRun,
  RatePlace,
];
