import type { TaxDocumentReference } from '@anrok-nest/tax';
import { type Counter, type Histogram, type Span } from '@opentelemetry/api';
import { Injectable } from '@nestjs/common';
import { markFailed, OTHER, stopwatch, Telemetry } from './telemetry.js';

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Codes are words of a catalogue. What a host throws in their place may be anything. */
const A_CODE = /^[a-z][a-z_]{0,63}$/;

/** A run as it may be told apart from others. */
export interface ObservedRun {
  readonly recordId: string;
  readonly document: TaxDocumentReference;
  readonly connectionCode: string;
}

export interface RunResult {
  /**
   * What became of the record. `given_back`: the process shuts down. `overtaken`: another process has it. `broke_off`:
   * the result could not be written down.
   */
  readonly result: 'applied' | 'retrying' | 'waiting' | 'failed' | 'given_back' | 'overtaken' | 'broke_off';
  readonly problemCode?: string;
}

/** Measures and traces every run of the sync over a document. */
@Injectable()
export class SyncTelemetry {
  private readonly runs: Counter;
  private readonly duration: Histogram;

  constructor(private readonly telemetry: Telemetry) {
    this.runs = telemetry.meter.createCounter('anrok.sync.runs', {
      description: 'Tries at bringing a document to Anrok, by what came of them',
      unit: '{run}',
    });
    this.duration = telemetry.meter.createHistogram('anrok.sync.duration', {
      description: 'How long such a try took',
      unit: 's',
      advice: { explicitBucketBoundaries: SECONDS },
    });
  }

  /** The span begins a trace: the worker may have been woken by a request, whose trace ends long before the work. */
  around({ recordId, document, connectionCode }: ObservedRun, run: () => Promise<RunResult>): Promise<RunResult> {
    const attributes = {
      'anrok.record.id': recordId,
      'anrok.document.kind': document.kind,
      'anrok.document.id': document.id,
      'anrok.connection': connectionCode,
    };
    return this.telemetry.tracer.startActiveSpan('anrok sync', { root: true, attributes }, (span) =>
      this.within(span, document.kind, run),
    );
  }

  private async within(span: Span, kind: string, run: () => Promise<RunResult>): Promise<RunResult> {
    const seconds = stopwatch();
    let ended: RunResult = { result: 'broke_off' };
    try {
      ended = await run();
      return ended;
    } finally {
      const { result } = ended;
      const code = ended.problemCode === undefined || A_CODE.test(ended.problemCode) ? ended.problemCode : OTHER;
      const labels = {
        'anrok.document.kind': kind,
        'anrok.sync.result': result,
        ...(code !== undefined && { 'anrok.problem.code': code }),
      };
      this.runs.add(1, labels);
      this.duration.record(seconds(), { 'anrok.sync.result': result });
      span.setAttributes(labels);
      if (code !== undefined || result === 'broke_off') markFailed(span, code ?? result);
      span.end();
    }
  }
}
