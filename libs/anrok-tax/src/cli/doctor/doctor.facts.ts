import { AnrokError } from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';
import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { AccountFeatures, type FeatureStanding } from '../../connection/account-features.js';
import { AnrokTime } from '../../connection/anrok-time.js';
import type { Connection } from '../../connection/connection.entity.js';
import { toTaxProblem } from '../../mapping/to-tax-problem.js';
import { AnrokTaxOptions } from '../../options/resolve-options.js';
import { type Backlog, type Overdue, TaxSyncReadModel, type UnmappedItems } from '../../records/tax-sync.read-model.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { reasonOf } from '../session.js';

/** What the doctor knows before it judges. */
export interface DoctorFacts {
  readonly connections: readonly ConnectionFacts[];
  readonly clock: ClockFacts;
  readonly requestsPerSecond: number;
  readonly backlog: readonly Backlog[];
  readonly now: Date;
  /** What should have been taken up by OVERDUE_MS before now. */
  readonly overdue: Overdue;
  readonly unmapped: readonly UnmappedItems[];
}

export interface ConnectionFacts {
  readonly code: string;
  readonly paused: boolean;
  /** Why its key does not work; absent where it does. */
  readonly problem?: TaxProblem;
  /** Nothing where they could not be asked. */
  readonly features: readonly FeatureStanding[];
}

export interface ClockFacts {
  /** Milliseconds by which our clock is ahead of Anrok's. */
  readonly aheadMs?: number;
  /** Why that is not known. */
  readonly reason?: string;
}

/** Due for longer than this, and nobody has taken it up: nobody works. */
export const OVERDUE_MS = 5 * 60_000;

/** Asks, and changes nothing: neither here nor at Anrok. */
export async function gatherFacts(host: INestApplicationContext): Promise<DoctorFacts> {
  const records = host.get(TaxSyncReadModel, { strict: false });
  const now = host.get(Clock, { strict: false }).now();
  const connections = await host.get(ConnectionService, { strict: false }).list();
  return {
    connections: await Promise.all(connections.map((connection) => factsOf(host, connection))),
    clock: await clockOf(host),
    requestsPerSecond: host.get(AnrokTaxOptions, { strict: false }).requestsPerSecond,
    backlog: await records.backlog(),
    now,
    overdue: await records.overdue(new Date(now.getTime() - OVERDUE_MS)),
    unmapped: await records.unmappedItems(),
  };
}

async function factsOf(host: INestApplicationContext, connection: Connection): Promise<ConnectionFacts> {
  const { code } = connection;
  const paused = connection.pausedAt != null;
  try {
    await host.get(ConnectionService, { strict: false }).ask(connection);
  } catch (error) {
    return { code, paused, problem: problemOf(error), features: [] };
  }
  // Anrok is asked nothing more over a connection that is paused
  const features = paused ? [] : await host.get(AccountFeatures, { strict: false }).of(connection);
  return { code, paused, features };
}

function problemOf(error: unknown): TaxProblem {
  if (error instanceof AnrokError) return toTaxProblem(error);
  if (error instanceof TaxError) return error.problem;
  throw error;
}

async function clockOf(host: INestApplicationContext): Promise<ClockFacts> {
  try {
    const aheadMs = await host.get(AnrokTime, { strict: false }).ahead();
    return aheadMs === undefined ? { reason: 'its answer has no date' } : { aheadMs };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}
