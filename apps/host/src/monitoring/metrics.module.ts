import { Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** Where all of the host measures. */
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
