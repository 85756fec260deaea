import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const IDS = ['inv-1', 'inv-2', 'inv-3'];

describe('documents that are worked on together', () => {
  let tested: ModuleUnderTest;
  let loads: string[][];
  beforeEach(async () => {
    tested = await startModule();
    loads = [];
    const { host } = tested;
    const loadOne = host.loadDocument.bind(host);
    host.loadDocument = (reference) => {
      loads.push([reference.id]);
      return loadOne(reference);
    };
    host.loadDocuments = async (references) => {
      loads.push(references.map(({ id }) => id));
      return Promise.all(references.map((reference) => loadOne(reference)));
    };
  });
  afterEach(() => tested.close());

  const request = () =>
    tested.orm.em.fork().transactional(async () => {
      for (const id of IDS) await tested.sync.request(tested.host.put(anInvoice({ id })));
    });
  const standings = async () => {
    const records = await Promise.all(IDS.map((id) => tested.recordOf(id)));
    return records.map(({ status, problemCode }) => problemCode ?? status);
  };

  /** All are answered at the same time. */
  const drainAtOnce = async () => {
    const holds = IDS.map(() => tested.simulator.faults.hold('transactions.createOrUpdate'));
    const working = tested.worker.drain();
    for (const { arrived } of holds) await arrived;
    for (const { release } of holds) release();
    await working;
  };

  it('are loaded at once where the host can do that', async () => {
    await request();
    await tested.worker.drain();
    expect(loads.map((ids) => ids.toSorted())).toEqual([IDS]);
    expect(await standings()).toEqual(['synced', 'synced', 'synced']);
  });

  it('are loaded one by one where one of them breaks the others’ load, which keeps none of these from its tax', async () => {
    const load = tested.host.loadDocument.bind(tested.host);
    const breaks = (id: string) => {
      if (id === 'inv-2') throw new Error('not this one');
    };
    tested.host.loadDocuments = async (references) => {
      for (const { id } of references) breaks(id);
      return [];
    };
    tested.host.loadDocument = async (reference) => {
      breaks(reference.id);
      return load(reference);
    };
    await request();
    await tested.worker.drain();
    expect(await standings()).toEqual(['synced', 'unexpected_error', 'synced']);
  });

  it('get their taxes in one transaction; one that the host can’t take keeps no other from them', async () => {
    const apply = tested.host.applyTaxes.bind(tested.host);
    const tries: string[] = [];
    tested.host.applyTaxes = async (reference, taxes) => {
      tries.push(reference.id);
      if (reference.id === 'inv-2') throw new Error('not this one');
      return apply(reference, taxes);
    };
    await request();
    await drainAtOnce();
    expect(await standings()).toEqual(['synced', 'unexpected_error', 'synced']);
    expect(tested.simulator.books.transactions()).toHaveLength(3);
    expect(new Set(tries)).toEqual(new Set(IDS));
  });

  it('are given to the host at once, and to each alone where it finds one of them stale', async () => {
    const { host } = tested;
    const applyMany = host.applyTaxesToMany.bind(host);
    const groups: string[][] = [];
    host.applyTaxesToMany = async (taxed) => {
      groups.push(taxed.map(({ document }) => document.id).toSorted());
      if (groups.length === 1) host.put(anInvoice({ id: 'inv-2', currency: 'EUR' }));
      return applyMany(taxed);
    };
    await request();
    await drainAtOnce();
    expect(groups).toEqual([IDS]);
    expect(await standings()).toEqual(['synced', 'document_changed', 'synced']);
  });

  it('don’t count as taxed where the host’s answers are too few', async () => {
    const { host } = tested;
    const alone: string[] = [];
    const apply = host.applyTaxes.bind(host);
    host.applyTaxesToMany = async () => ['applied'];
    host.applyTaxes = (reference, taxes) => {
      alone.push(reference.id);
      return apply(reference, taxes);
    };
    await request();
    await drainAtOnce();
    expect(alone.toSorted()).toEqual(IDS);
    expect(await standings()).toEqual(['synced', 'synced', 'synced']);
  });

  it('are mapped each for itself: what one lacks is no other’s problem', async () => {
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-1' })));
    const unmapped = aLine({ item: { type: 'add_on', id: 'unknown' } });
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-2', lines: [unmapped] })));
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-3' })));
    await tested.worker.drain();
    expect(await standings()).toEqual(['synced', 'item_not_mapped', 'synced']);
  });

  // SQLite has one writer at a time
  const onPostgreSql = process.env['DATABASE_URL'] ? it : it.skip;
  onPostgreSql('never have a transaction of the host’s fail that locks the same rows in another order', async () => {
    const { host, orm } = tested;
    const rows = orm.em.fork() as SqlEntityManager;
    await rows.execute('create table booked (id text primary key, times int)');
    for (const id of IDS) await rows.execute('insert into booked values (?, 0)', [id]);
    const book = (em: SqlEntityManager, id: string) =>
      em.execute('update booked set times = times + 1 where id = ?', [id], 'run');
    const apply = host.applyTaxes.bind(host);
    host.applyTaxes = async (reference, taxes) => {
      await book(orm.em.getContext() as SqlEntityManager, reference.id);
      return apply(reference, taxes);
    };
    const isLocked = async () =>
      (await rows.execute<unknown[]>(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)).length > 0;

    await request();
    const holds = IDS.map(() => tested.simulator.faults.hold('transactions.createOrUpdate'));
    const working = tested.worker.drain();
    for (const { arrived } of holds) await arrived;
    await rows.transactional(async (em) => {
      // so that PostgreSQL would end this one, and not the module's
      await em.execute(`set local deadlock_timeout = '300ms'`);
      await book(em, 'inv-3');
      for (const { release } of holds) release();
      while (!(await isLocked()));
      for (const id of ['inv-2', 'inv-1']) await book(em, id);
    });
    await working;
    expect(await standings()).toEqual(['synced', 'synced', 'synced']);
    expect(await rows.execute('select times from booked')).toEqual([{ times: 2 }, { times: 2 }, { times: 2 }]);
  });
});
