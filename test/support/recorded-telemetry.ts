import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  type DataPoint,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** What the module measured and traced, as the SDK of a host hands it on. */
export class RecordedTelemetry {
  private readonly metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  private readonly spanExporter = new InMemorySpanExporter();
  private readonly reader = new PeriodicExportingMetricReader({
    exporter: this.metricExporter,
    exportIntervalMillis: 3_600_000,
  });
  private readonly contextManager = new AsyncLocalStorageContextManager().enable();

  readonly meterProvider = new MeterProvider({ readers: [this.reader] });
  readonly tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: this.spanExporter })],
  });

  constructor() {
    // the only global of it: which span is the parent of which
    context.setGlobalContextManager(this.contextManager);
  }

  get spans(): readonly ReadableSpan[] {
    return this.spanExporter.getFinishedSpans();
  }

  /** The points of a metric as they are now, or of all metrics. */
  async points(name?: string): Promise<DataPoint<unknown>[]> {
    this.metricExporter.reset();
    await this.reader.forceFlush();
    const metrics = this.metricExporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics));
    return metrics
      .filter(({ descriptor }) => name === undefined || descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints as DataPoint<unknown>[]);
  }

  /** How many measurements there are by each combination of labels, whose values are joined. */
  async counts(name: string): Promise<Record<string, number>> {
    const entries = (await this.points(name)).map(({ attributes, value }) => [
      Object.values(attributes).join(' '),
      typeof value === 'number' ? value : (value as { count: number }).count,
    ]);
    return Object.fromEntries(entries) as Record<string, number>;
  }

  async close(): Promise<void> {
    await this.meterProvider.shutdown();
    await this.tracerProvider.shutdown();
    context.disable();
  }
}
