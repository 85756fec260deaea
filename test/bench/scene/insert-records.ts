import type { EntityManager } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DatabaseKind } from '../databases.ts';

/** As SQL of each database, for a row number `n` that counts from 0. */
const DIALECTS = {
  postgres: {
    id: (prefix: string) => `('${prefix}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`,
    documentId: `'inv-' || lpad(n::text, 8, '0')`,
    numbers: (count: number) => `(select n from generate_series(0, ${count} - 1) n) numbers`,
    hashes: `(select ordinality - 1 as n, value as hash from jsonb_array_elements_text(?::jsonb) with ordinality) hashes`,
    settle: 'vacuum analyze',
  },
  sqlite: {
    id: (prefix: string) => `'${prefix}-0000-7000-8000-' || printf('%012x', n)`,
    documentId: `'inv-' || printf('%08d', n)`,
    numbers: (count: number) =>
      `(with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${count} - 1)
        select n from numbers) numbers`,
    hashes: `(select key as n, value as hash from json_each(?)) hashes`,
    settle: 'analyze',
  },
} as const;

const RECORDS = '0198aaaa';

/**
 * Inserts so many copies of a synced document's record, for documents that are called as in NumberedBillingHost. The
 * document itself is not among them.
 *
 * @param documentId of the one that is copied
 */
export async function copyRecord(
  em: EntityManager,
  kind: DatabaseKind,
  documentId: string,
  count: number,
): Promise<void> {
  const { id, documentId: name, numbers, settle } = DIALECTS[kind];
  const copied = `connection_id, document_kind, customer_id, status, revision, due_at, failures, doubtful_parts,
    generation, takeovers, currency, tax_amount, requested_at, synced_at`;
  await execute(
    em,
    `insert into anrok_sync_record (id, document_id, ${copied})
      select ${id(RECORDS)}, ${name}, ${copied} from anrok_sync_record cross join ${numbers(count)} where document_id = ?`,
    [documentId],
  );
  await execute(em, settle);
}

/**
 * Inserts what Anrok holds of the copies.
 *
 * @param requestHashes of each
 */
export async function copyHeld(
  em: EntityManager,
  kind: DatabaseKind,
  transactionId: string,
  requestHashes: readonly string[],
): Promise<void> {
  const { id, documentId, hashes, settle } = DIALECTS[kind];
  const copied = 'state, version, request, answer, tax_amount, updated_at';
  await execute(
    em,
    `insert into anrok_transaction (id, record_id, transaction_id, request_hash, ${copied})
      select ${id('0198bbbb')}, ${id(RECORDS)}, 'host:invoice:' || ${documentId}, hash, ${copied}
      from anrok_transaction cross join ${hashes} where transaction_id = ?`,
    [JSON.stringify(requestHashes), transactionId],
  );
  await execute(em, settle);
}

async function execute(em: EntityManager, sql: string, parameters: readonly unknown[] = []): Promise<void> {
  await (em.fork() as SqlEntityManager).getConnection().execute(sql, [...parameters]);
}
