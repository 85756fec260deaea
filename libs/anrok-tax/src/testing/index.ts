export { type BillingHostUnderTest, describeBillingHost } from './billing-host.contract.js';
export { InMemoryBillingHost } from './in-memory.billing-host.js';
export { ManualClock } from './manual.clock.js';
