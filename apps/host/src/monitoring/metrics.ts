import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/** This host's measurements, for Prometheus to fetch. Another host would hand them to its OTLP exporter. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  // served by the host itself, behind its guard, rather than on a port of its own
  private readonly exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  /** Not the global one, so that two hosts in a process don't share their numbers. */
  readonly provider = new MeterProvider({ readers: [this.exporter] });

  serve(request: IncomingMessage, response: ServerResponse): void {
    this.exporter.getMetricsRequestHandler(request, response);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.provider.shutdown();
  }
}
