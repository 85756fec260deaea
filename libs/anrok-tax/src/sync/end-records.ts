import type { TaxProblem } from '@anrok-nest/tax';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ClaimedRecord } from '../records/claimed-record.js';
import { valueColumns, valueRows } from '../records/value-columns.js';
import { later } from '../records/later.js';
import { LeaseLostError } from './tax-sync.leases.js';

/** What a record becomes when its run ends. */
export interface RecordEnd {
  readonly record: ClaimedRecord;
  readonly status: 'synced' | 'retrying' | 'waiting' | 'failed';
  /** Null when the record is settled. */
  readonly dueAt: Date | null;
  /** Id. */
  readonly connection: string;
  /** Whether whatever Anrok holds of it by now, it holds for its customer. */
  readonly isItsCustomers: boolean;
  readonly documentNumber: string | null;
  readonly failures: number;
  readonly firstFailedAt: Date | null;
  readonly doubtfulParts: number;
  readonly unansweredAt: Date | null;
  readonly problem: TaxProblem | null;
  readonly currency: string | null;
  readonly taxAmount: number | null;
  readonly syncedAt: Date | null;
  /** Of a credit note: whether it takes back nothing any more, so that others may. */
  readonly givesCreditBack: boolean;
}

/**
 * Ends runs, in the transaction that writes down their results: all in one statement. A request that came in meanwhile
 * makes its record due again at once, and whoever cast a doubt meanwhile keeps it.
 *
 * @throws LeaseLostError, which rolls that transaction back
 */
export async function endRecords(em: SqlEntityManager, ends: readonly RecordEnd[], now: Date): Promise<void> {
  const to = valueColumns(em, 'ended', VALUES);
  const { places, values } = valueRows(
    VALUES,
    ends.map((end) => toValues(end, now)),
  );
  const asAsked = `held.revision = ${to.revision}`;
  const ended = await em.execute<{ id: string }[]>(
    `update anrok_sync_record as held set
       status = case when ${asAsked} then ${to.status} else 'pending' end,
       due_at = case when ${asAsked} then ${to.dueAt} else ${to.now} end,
       lease_owner = null,
       resync_run = case when ${to.dueAt} is null then null else held.resync_run end,
       connection_id = ${to.connection},
       former_customer_id = case when ${to.isItsCustomers} = 1 then null else held.former_customer_id end,
       document_number = ${to.documentNumber},
       failures = ${to.failures},
       first_failed_at = ${to.firstFailedAt},
       doubtful_parts = case when ${asAsked} or held.doubtful_parts < ${to.doubtfulParts} then ${to.doubtfulParts}
                             else held.doubtful_parts end,
       unanswered_at = case when ${asAsked} then ${to.unansweredAt}
                            else ${later(to.unansweredAt, 'held.unanswered_at')} end,
       problem = ${to.problem},
       problem_code = ${to.problemCode},
       currency = ${to.currency},
       tax_amount = ${to.taxAmount},
       synced_at = ${to.syncedAt},
       credit_intervals = case when ${to.givesCreditBack} = 1 then null else held.credit_intervals end
     from (values ${places}) as ended
     where held.id = ${to.id} and held.status = 'processing' and held.lease_owner = ${to.leaseOwner}
     returning id`,
    [...values],
  );
  // of two runs of a record, one is not the holder's: also then there is one too few
  const written = new Set(ended.map((row) => row.id));
  const lost = ends.find(({ record }) => !written.delete(record.id));
  if (lost) throw new LeaseLostError(lost.record.id);
}

const VALUES = {
  id: 'uuid',
  leaseOwner: 'text',
  revision: 'int',
  status: 'text',
  dueAt: 'timestamptz',
  connection: 'uuid',
  isItsCustomers: 'int',
  documentNumber: 'text',
  failures: 'int',
  firstFailedAt: 'timestamptz',
  doubtfulParts: 'int',
  unansweredAt: 'timestamptz',
  problem: 'jsonb',
  problemCode: 'text',
  currency: 'text',
  taxAmount: 'bigint',
  syncedAt: 'timestamptz',
  givesCreditBack: 'int',
  now: 'timestamptz',
} as const;

function toValues({ record, problem, isItsCustomers, givesCreditBack, ...end }: RecordEnd, now: Date) {
  return {
    ...end,
    id: record.id,
    leaseOwner: record.leaseOwner ?? null,
    revision: record.revision,
    problem: problem && JSON.stringify(problem),
    problemCode: problem?.code ?? null,
    isItsCustomers: isItsCustomers ? 1 : 0,
    givesCreditBack: givesCreditBack ? 1 : 0,
    now,
  };
}
