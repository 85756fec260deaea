import { type Meter, metrics, type Span, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { Injectable } from '@nestjs/common';
import { AnrokTaxOptions } from '../options/resolve-options.js';

/** The name of everything that the module measures and traces. */
const SCOPE = '@anrok-nest/module';

/** What is not told apart further, as OpenTelemetry calls it. */
export const OTHER = '_OTHER';

/**
 * Where the module's measurements and traces go: to the providers of the host. Without any they go nowhere, and cost
 * next to nothing.
 *
 * Attributes of metrics are taken from small closed sets. Attributes of spans may be ids too. Neither is ever a text
 * that came from somewhere: messages of errors quote addresses and worse, so errors are known by their code alone.
 */
@Injectable()
export class Telemetry {
  readonly meter: Meter;
  readonly tracer: Tracer;

  constructor({ telemetry }: AnrokTaxOptions) {
    this.meter = (telemetry.meterProvider ?? metrics).getMeter(SCOPE);
    this.tracer = (telemetry.tracerProvider ?? trace).getTracer(SCOPE);
  }
}

/** @param code of a closed set */
export function markFailed(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** By the process's monotonic clock: a corrected wall clock must not measure below zero. */
export function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) / 1000;
}
