import { AnrokError } from '@anrok-nest/client';
import { TaxError, type TaxProblem } from '@anrok-nest/tax';
import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { AccountFeatures, type FeatureStanding } from '../../connection/account-features.js';
import { AnrokTime } from '../../connection/anrok-time.js';
import { ApiKeyCipher } from '../../connection/api-key.cipher.js';
import type { Connection } from '../../connection/connection.entity.js';
import { toTaxProblem } from '../../mapping/to-tax-problem.js';
import { AnrokTaxOptions } from '../../options/resolve-options.js';
import { type Backlog, TaxSyncReadModel, type Workload } from '../../records/tax-sync.read-model.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { type ItemCoverage, ItemCoverageService } from '../../settings/item-coverage.service.js';
import { reasonOf } from '../session.js';

/** What the doctor knows before it judges. */
export interface DoctorFacts {
  readonly connections: readonly ConnectionFacts[];
  readonly clock: ClockFacts;
  readonly requestsPerSecond: number;
  readonly backlog: readonly Backlog[];
  readonly now: Date;
  readonly workload: Workload;
}

export interface ConnectionFacts {
  readonly code: string;
  readonly paused: boolean;
  /** Whether its key is stored under the encryptionKey of this process. */
  readonly isKeyCurrent: boolean;
  /** Why its key does not work; absent where it does. */
  readonly problem?: TaxProblem;
  /** Nothing where they could not be asked. */
  readonly features: readonly FeatureStanding[];
  /** Items that documents wait for, what blocks most first: the first few. */
  readonly blocked: readonly ItemCoverage[];
  /** Items that the host sells and that have no product: the first few. */
  readonly uncovered: readonly ItemCoverage[];
}

/** How many examples are enough. */
const EXAMPLES = 5;

export interface ClockFacts {
  /** Milliseconds by which our clock is ahead of Anrok's. */
  readonly aheadMs?: number;
  /** Why that is not known. */
  readonly reason?: string;
}

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
    workload: await records.workload(now),
  };
}

async function factsOf(host: INestApplicationContext, connection: Connection): Promise<ConnectionFacts> {
  const { code } = connection;
  const coverage = host.get(ItemCoverageService, { strict: false });
  const blocked = await coverage.blocked(code, EXAMPLES);
  const { items: uncovered } = await coverage.page(code, { uncovered: true, limit: EXAMPLES });
  const isKeyCurrent = host.get(ApiKeyCipher, { strict: false }).isCurrent(connection.encryptedApiKey);
  const known = { code, paused: Boolean(connection.pausedAt), isKeyCurrent, blocked, uncovered, features: [] };
  try {
    await host.get(ConnectionService, { strict: false }).ask(connection);
  } catch (error) {
    return { ...known, problem: problemOf(error) };
  }
  // Anrok is asked nothing more over a connection that is paused
  return known.paused
    ? known
    : { ...known, features: await host.get(AccountFeatures, { strict: false }).of(connection) };
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
