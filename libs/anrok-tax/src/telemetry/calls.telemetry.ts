import { type AnrokCall, type AnrokCallListener, AnrokError } from '@anrok-nest/client';
import { type Histogram, type Span, SpanKind } from '@opentelemetry/api';
import { Injectable } from '@nestjs/common';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { markFailed, OTHER, stopwatch, Telemetry } from './telemetry.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30];

/** Measures and traces every call to Anrok. */
@Injectable()
export class CallsTelemetry {
  private readonly duration: Histogram;
  private readonly wait: Histogram;
  private readonly server: Readonly<Record<string, string | number>>;

  constructor(
    private readonly telemetry: Telemetry,
    { baseUrl }: AnrokTaxOptions,
  ) {
    const { meter } = telemetry;
    this.duration = meter.createHistogram('anrok.client.call.duration', {
      description: 'Calls to Anrok, waiting for a place and honoured rate limits included',
      unit: 's',
      advice: { explicitBucketBoundaries: SECONDS },
    });
    this.wait = meter.createHistogram('anrok.client.wait.duration', {
      description: "Waiting for a place under Anrok's rate limit",
      unit: 's',
      advice: { explicitBucketBoundaries: SECONDS },
    });
    const { hostname, port } = new URL(baseUrl);
    this.server = { 'server.address': hostname, ...(port && { 'server.port': Number(port) }) };
  }

  /** For AnrokClientOptions. The span is the active one while the call lasts, so that HTTP spans become its children. */
  readonly around = <Result>(
    call: AnrokCall,
    send: (listener?: AnrokCallListener) => Promise<Result>,
  ): Promise<Result> => {
    const attributes = {
      'http.request.method': 'POST',
      ...this.server,
      'anrok.operation': call.operation,
      'anrok.lane': call.lane,
      ...(call.transactionId !== undefined && { 'anrok.transaction.id': call.transactionId }),
    };
    return this.telemetry.tracer.startActiveSpan(
      `anrok ${call.operation}`,
      { kind: SpanKind.CLIENT, attributes },
      (span) => this.within(span, call, send),
    );
  };

  private async within<Result>(
    span: Span,
    { operation, lane }: AnrokCall,
    send: (listener: AnrokCallListener) => Promise<Result>,
  ): Promise<Result> {
    const seconds = stopwatch();
    let outcome = 'ok';
    let answers = 0;
    try {
      return await send({
        onWaited: (ms) => this.wait.record(ms / 1000, { 'anrok.lane': lane }),
        onAnswered: (status) => {
          span.setAttribute('http.response.status_code', status);
          if (++answers > 1) span.setAttribute('http.request.resend_count', answers - 1);
        },
      });
    } catch (error) {
      outcome = error instanceof AnrokError ? error.code : OTHER;
      markFailed(span, outcome);
      throw error;
    } finally {
      this.duration.record(seconds(), { 'anrok.operation': operation, 'anrok.outcome': outcome });
      span.setAttribute('anrok.outcome', outcome);
      span.end();
    }
  }
}
