import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type SqlEntityManager, SqlitePlatform } from '@mikro-orm/sql';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const FINISHED = 3_000;

describe('a claim', () => {
  let tested: ModuleUnderTest;
  let em: SqlEntityManager;
  beforeEach(async () => {
    tested = await startModule();
    em = tested.orm.em.fork() as SqlEntityManager;
  });
  afterEach(() => tested.close());

  /** Records like this one, long done. */
  const addHistory = async (documentId: string) => {
    const rows = (await em.execute<{ number: number }[]>(
      `with recursive numbers as (select 1 as number union all select number + 1 from numbers where number < ${FINISHED})
       select number from numbers`,
    )) as { number: number }[];
    const { id, connection } = await tested.recordOf(documentId);
    const values = rows.map(({ number }) => {
      const own = `${id.slice(0, -6)}${String(number).padStart(6, '0')}`;
      return `('${own}', '${connection.id}', 'invoice', 'old-${number}', 'cus-1', 'synced', 1, '2026-03-01')`;
    });
    await em.execute(
      `insert into anrok_sync_record
         (id, connection_id, document_kind, document_id, customer_id, status, revision, requested_at)
       values ${values.join(', ')}`,
    );
    await em.execute('analyze');
  };

  it('reads what is due, and nothing of what is done, however much that is', async () => {
    await tested.sync.request(tested.host.put(anInvoice()));
    await addHistory('inv-1');
    const connection = em.getConnection();
    const execute = connection.execute.bind(connection);
    const claims: string[] = [];
    connection.execute = ((query: string, params: unknown[] = [], ...rest: []) => {
      if (typeof query === 'string' && query.includes('claimed'))
        claims.push(em.getPlatform().formatQuery(query, params as never[]));
      return execute(query, params, ...rest);
    }) as typeof connection.execute;
    await tested.worker.drain();
    connection.execute = execute;

    expect(claims.length).toBeGreaterThan(0);
    const explain = em.getPlatform() instanceof SqlitePlatform ? 'explain query plan' : 'explain';
    for (const claim of claims) {
      const plan = JSON.stringify(await em.execute(`${explain} ${claim}`));
      expect(plan).toContain('anrok_sync_record_due_idx');
      expect(plan).not.toMatch(
        /Seq Scan on anrok_sync_record|SCAN anrok_sync_record(?! USING INDEX anrok_sync_record_due)/,
      );
    }
  });
});
