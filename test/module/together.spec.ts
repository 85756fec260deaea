import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
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
    const holds = IDS.map(() => tested.simulator.faults.hold('transactions.createOrUpdate'));
    const working = tested.worker.drain();
    for (const { arrived } of holds) await arrived;
    for (const { release } of holds) release();
    await working;
    expect(await standings()).toEqual(['synced', 'unexpected_error', 'synced']);
    expect(tested.simulator.books.transactions()).toHaveLength(3);
    expect(new Set(tries)).toEqual(new Set(IDS));
  });

  it('are mapped each for itself: what one lacks is no other’s problem', async () => {
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-1' })));
    const unmapped = aLine({ item: { type: 'add_on', id: 'unknown' } });
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-2', lines: [unmapped] })));
    await tested.sync.request(tested.host.put(anInvoice({ id: 'inv-3' })));
    await tested.worker.drain();
    expect(await standings()).toEqual(['synced', 'item_not_mapped', 'synced']);
  });
});
