// An entry point of its own: hosts without @nestjs/terminus must be able to do without it.
export { AnrokTaxHealthIndicator } from './anrok-tax.health-indicator.js';
export { AnrokTaxHealthModule } from './anrok-tax-health.module.js';
