import type { TaxRetry } from '@anrok-nest/tax';

const STATUS: Readonly<Record<string, number>> = {
  invalid_request: 400,
  invalid_resync_filter: 400,
  invalid_mapping: 400,
  invalid_cursor: 400,
  cross_site_request: 403,
  connection_not_found: 404,
  customer_link_not_found: 404,
  customer_not_found: 404,
  mapping_not_found: 404,
  product_not_at_anrok: 404,
  sync_record_not_found: 404,
  certificate_not_found: 404,
  resync_run_not_found: 404,
  connection_code_taken: 409,
  connection_in_use: 409,
  connection_has_history: 409,
  key_of_another_account: 409,
  anrok_external_id_already_exists: 409,
  mapping_file_too_large: 413,
  resync_already_running: 409,
  anrok_rate_limited: 503,
  anrok_timeout: 504,
};

/**
 * The HTTP status of a problem. What heals by itself is a fault behind this API (502); what somebody has to mend is a
 * fault of what it was asked (422).
 */
export function toStatus(code: string, retry: TaxRetry): number {
  return STATUS[code] ?? (retry === 'later' ? 502 : 422);
}
