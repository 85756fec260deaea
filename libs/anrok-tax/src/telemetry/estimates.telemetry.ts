import type { Counter } from '@opentelemetry/api';
import { Injectable } from '@nestjs/common';
import { Telemetry } from './telemetry.js';

/**
 * `hit`: the very same was answered before. `estimated`: by the rates of an earlier answer. `miss`: Anrok had to be
 * asked. `stale`: it did not answer, and an old answer stood in.
 */
export type CacheResult = 'hit' | 'estimated' | 'miss' | 'stale';

/** Counts what the cache of estimates is good for. */
@Injectable()
export class EstimatesTelemetry {
  private readonly lookups: Counter;

  constructor({ meter }: Telemetry) {
    this.lookups = meter.createCounter('anrok.estimate.cache.lookups', {
      description: 'Estimates that were looked up in the cache, by what it had',
      unit: '{lookup}',
    });
  }

  count(result: CacheResult): void {
    this.lookups.add(1, { 'anrok.cache.result': result });
  }
}
