import { TaxSyncWorker } from '@anrok-nest/module';
import { MikroORM } from '@mikro-orm/core';
import type { INestApplicationContext } from '@nestjs/common';
import { type BenchDatabase, databaseOptions } from '../databases.ts';
import type { Contest, Measurement, Row, Stage } from '../row.ts';
import { connect, furnish, requestInvoices, startModule } from '../scene/bench-module.ts';
import { AbsentBillingHost } from '../scene/absent.billing-host.ts';
import { copyRecord } from '../scene/insert-records.ts';

const FEW = 10_000;
const MOST = 1.2;
const NOWHERE = { url: 'http://127.0.0.1:9', apiKey: 'seller/key/secret' };

/** What a document costs that is claimed and finished, however many were before it. */
export const growthRows: readonly Row[] = [growthRow(100_000), growthRow(1_000_000)];

function growthRow(records: number): Row {
  const many = records.toLocaleString('en');
  return {
    name: `growth: ${many} finished records`,
    unit: 'ms',
    measures: `a document that is claimed and finished without a call, beside ${many} that are done`,
    against: `the same beside ${FEW.toLocaleString('en')}`,
    goal: { text: `≤ ${MOST} ×`, isMet: ({ ratio }) => ratio <= MOST },
    prepare: (stage) => prepare(stage, records),
  };
}

async function prepare(stage: Stage, records: number): Promise<Contest> {
  const { database, isQuick } = stage;
  const small = { ...database, at: `${database.at}_small` };
  await make(small);
  const documents = isQuick ? 400 : 1_600;
  const [ours, peer] = [
    await finished(stage, database, isQuick ? records / 10 : records),
    await finished(stage, small, FEW),
  ];
  for (const app of [ours, peer]) await round(app, documents);
  return { ours: () => round(ours, documents), peer: () => round(peer, documents) };
}

async function make(database: BenchDatabase): Promise<void> {
  const options = { ...databaseOptions(database), entities: [], discovery: { warnWhenNoEntities: false } };
  const orm = await MikroORM.init(options);
  await orm.schema.ensureDatabase();
  await orm.close();
}

/** The module on a database in which so many documents are done. */
async function finished(stage: Stage, database: BenchDatabase, records: number): Promise<INestApplicationContext> {
  await furnish(database);
  const app = await startModule(database, NOWHERE, { billingHost: AbsentBillingHost });
  stage.after(() => app.close());
  await connect(app, NOWHERE);
  await requestInvoices(app, 1);
  await app.get(TaxSyncWorker).drain();
  const orm = app.get(MikroORM);
  const connection = orm.em.fork().getConnection();
  await connection.execute(`update anrok_sync_record set document_id = 'template'`);
  await copyRecord(orm.em, database.kind, 'template', records);
  stage.say(`${records} documents are done`);
  return app;
}

async function round(app: INestApplicationContext, documents: number): Promise<Measurement> {
  await requestInvoices(app, documents);
  const startedAt = performance.now();
  const done = await app.get(TaxSyncWorker).drain();
  if (done !== documents) throw new Error(`${done} of ${documents} were worked on.`);
  return { value: (performance.now() - startedAt) / documents };
}
