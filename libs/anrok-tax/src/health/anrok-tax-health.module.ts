import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { AnrokTaxHealthIndicator } from './anrok-tax.health-indicator.js';

/** AnrokTaxHealthIndicator and Terminus, for the module of a health controller. Needs AnrokTaxModule to be global. */
@Module({
  imports: [TerminusModule],
  providers: [AnrokTaxHealthIndicator],
  exports: [AnrokTaxHealthIndicator, TerminusModule],
})
export class AnrokTaxHealthModule {}
