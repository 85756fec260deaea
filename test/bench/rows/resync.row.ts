import { createHash } from 'node:crypto';
import { TaxSyncReadModel, TaxSyncWorker } from '@anrok-nest/module';
import { MikroORM } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { INestApplicationContext } from '@nestjs/common';
import { SimulatorProcess } from '../../support/simulator-process.ts';
import type { Contest, Measurement, Row, Stage } from '../row.ts';
import { connect, furnish, requestInvoices, startModule } from '../scene/bench-module.ts';
import { copyHeld, copyRecord } from '../scene/insert-records.ts';
import { documentOf, invoice } from '../scene/numbered.billing-host.ts';
import { resyncElsewhere } from '../scene/resync-process.ts';

const FASTEST = 3_000;
const MOST_MB = 50;
const PAGE = 250;

/** A resync of everything, where nothing has changed: every night, that is most of it. */
export const resyncRow: Row = {
  name: 'resync: unchanged documents',
  unit: 'documents/s',
  measures: 'a resync of 100,000 synced documents of 10 lines that Anrok and the host have as they are',
  against: 'the same rows read page by page with two queries of SQL, and the same documents loaded',
  goal: {
    text: `≥ ${FASTEST.toLocaleString('en')}/s, ≤ ${MOST_MB} MB more`,
    isMet: ({ ours, rounds }) => ours >= FASTEST && rounds.every(({ ours: { also } }) => also!['MB more']! <= MOST_MB),
  },
  rounds: 3,
  prepare,
};

async function prepare(stage: Stage): Promise<Contest> {
  const { database, isQuick } = stage;
  const count = isQuick ? 20_000 : 100_000;
  const simulator = await SimulatorProcess.start({ limit: 0 });
  stage.after(() => simulator.crash());
  await furnish(database);
  const app = await startModule(database, simulator);
  stage.after(() => app.close());
  await connect(app, simulator);
  const taxAmount = await syncAsOne(app, simulator, stage, count);
  const calls = (await simulator.calls()).length;
  return {
    ours: async () => {
      const { done, unchanged, seconds, grownMb, firstGrownMb } = await resyncElsewhere({
        database,
        anrok: simulator,
        taxAmount,
      });
      if (done !== count || unchanged !== count)
        throw new Error(`Of ${count}, ${done} were done, ${unchanged} of them unchanged.`);
      if ((await simulator.calls()).length !== calls) throw new Error('Anrok was called.');
      return { value: count / seconds, also: { 'MB more': grownMb, 'MB more, first': firstGrownMb } };
    },
    peer: () => readAll(app, count),
  };
}

/** Syncs one document, and has all others be as if they had been synced too. @returns the tax of each */
async function syncAsOne(
  app: INestApplicationContext,
  simulator: SimulatorProcess,
  stage: Stage,
  count: number,
): Promise<number> {
  const orm = app.get(MikroORM);
  await requestInvoices(app, 1);
  await app.get(TaxSyncWorker).drain();
  const template = 'template';
  const change = (sql: string) => (orm.em.fork() as SqlEntityManager).getConnection().execute(sql);
  await change(`update anrok_sync_record set document_id = '${template}'`);
  await change(`update anrok_transaction set transaction_id = '${template}'`);
  const { id: _, ...body } = (await simulator.calls()).at(-1)!.body as { id: string };
  const hashes = Array.from({ length: count }, (_none, number) =>
    createHash('sha256')
      .update(JSON.stringify([`host:invoice:${invoice(number).id}`, body]))
      .digest('hex'),
  );
  await copyRecord(orm.em, stage.database.kind, template, count);
  await copyHeld(orm.em, stage.database.kind, template, hashes);
  const [record] = await app.get(TaxSyncReadModel).find(template);
  await change(`delete from anrok_sync_record where document_id = '${template}'`);
  stage.say(`${count} documents are synced`);
  return record!.taxAmount!;
}

async function readAll(app: INestApplicationContext, count: number): Promise<Measurement> {
  const connection = (app.get(MikroORM).em.fork() as SqlEntityManager).getConnection();
  const startedAt = performance.now();
  let after = '00000000-0000-0000-0000-000000000000';
  let seen = 0;
  for (;;) {
    const records: { id: string; document_id: string }[] = await connection.execute(
      `select * from anrok_sync_record where status = 'synced' and id > ? order by id limit ${PAGE}`,
      [after],
    );
    if (records.length === 0) break;
    const ids = records.map(({ id }) => id);
    await connection.execute(
      `select record_id, transaction_id, version, state, request_hash from anrok_transaction
        where record_id in (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    for (const { document_id: id } of records) seen += documentOf(id).id === id ? 1 : 0;
    after = ids.at(-1)!;
  }
  if (seen !== count) throw new Error(`${seen} of ${count} were read.`);
  return { value: (count * 1_000) / (performance.now() - startedAt) };
}
