import type { TaxRetry } from '@anrok-nest/tax';

const STATUS: Readonly<Record<string, number>> = {
  invalid_request: 400,
  invalid_resync_filter: 400,
  invalid_cursor: 400,
  cross_site_request: 403,
  connection_not_found: 404,
  customer_link_not_found: 404,
  customer_not_found: 404,
  sync_record_not_found: 404,
  certificate_not_found: 404,
  resync_run_not_found: 404,
  connection_code_taken: 409,
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
