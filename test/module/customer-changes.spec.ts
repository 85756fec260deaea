import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Address, TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const RECORD = 'transactions.createOrUpdate';
const ID = 'host:invoice:inv-1';
const KEYS = ['here/key1/secret.here', 'there/key1/secret.there'] as const;

describe('a document that goes to another customer', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({}, { apiKeys: KEYS });
    await tested.connections.create({ code: 'other', name: 'Other', apiKey: KEYS[1] });
    await tested.mappings.upsert('other', { itemType: 'add_on', itemId: 'setup', productExternalId: 'saas-business' });
  });
  afterEach(() => tested.close());

  const link = (customerId: string, connectionCode: string) =>
    tested.links.link({ customerId, connectionCode, anrokCustomerId: `${customerId} at Anrok` });
  const document = (customerId: string, name: string, changes: Partial<TaxDocument> = {}) =>
    anInvoice({ ...changes, customer: { ...anInvoice().customer, id: customerId, name } });
  const acmes = (changes?: Partial<TaxDocument>) => document('cus-1', 'Acme Inc', changes);
  const globexes = (changes?: Partial<TaxDocument>) => document('cus-2', 'Globex', changes);
  const toGlobex = { customerId: 'cus-2 at Anrok', customerName: 'Globex' };
  const withAddress = (invoice: TaxDocument, billingAddress: Address) => ({
    ...invoice,
    customer: { ...invoice.customer, billingAddress },
  });
  const here = () => tested.simulator.booksOf('here').transaction(ID);
  const there = () => tested.simulator.booksOf('there').transaction(ID);
  const record = async () => {
    const { connection, ...rest } = await tested.recordOf('inv-1');
    const { code } = (await tested.connections.list()).find(({ id }) => id === connection.id)!;
    return { ...rest, connection: code };
  };
  const lines = [aLine({ amount: 700 })];

  describe('before anything of it was recorded', () => {
    beforeEach(async () => {
      await tested.sync.request(tested.host.put(acmes(), 'draft'));
      await tested.worker.drain();
      expect(tested.simulator.calls.all()).toEqual([]);
    });

    it('is recorded for the customer that it has then', async () => {
      await link('cus-2', 'anrok');
      await tested.finalize(globexes());
      expect(here()).toMatchObject(toGlobex);
      expect(await record()).toMatchObject({ status: 'synced', customerId: 'cus-2', connection: 'anrok' });
      expect((await tested.links.byCustomer('cus-2')).knownAt).toEqual(tested.clock.now());
      expect((await tested.links.byCustomer('cus-1')).knownAt).toBeNull();
    });

    it('is recorded in that customer’s account, and in no other', async () => {
      await link('cus-2', 'other');
      await tested.finalize(globexes());
      expect(there()).toMatchObject(toGlobex);
      expect(here()).toBeUndefined();
      expect(await record()).toMatchObject({ status: 'synced', customerId: 'cus-2', connection: 'other' });
    });

    it('waits for that customer’s link, address and mappings, and continues when they are there', async () => {
      const lost = globexes({ lines: [aLine({ item: { type: 'add_on', id: 'rare' } })] });
      await tested.finalize(withAddress(lost, {}));
      expect(await record()).toMatchObject({ problemCode: 'customer_not_linked', customerId: 'cus-2' });
      await link('cus-2', 'other');
      await tested.worker.drain();
      expect(await record()).toMatchObject({ problemCode: 'item_not_mapped', connection: 'other' });
      await tested.mappings.upsert('other', { itemType: 'add_on', itemId: 'rare', productExternalId: 'saas-business' });
      await tested.worker.drain();
      expect(await record()).toMatchObject({ problemCode: 'customer_address_unusable', customerId: 'cus-2' });
      tested.host.put(lost);
      await tested.sync.changed({ kind: 'customer', customerId: 'cus-2' });
      await tested.worker.drain();
      expect(there()).toMatchObject(toGlobex);
    });

    it.each([
      ['link', () => link('cus-2', 'other'), 2],
      ['address', () => tested.sync.changed({ kind: 'customer', customerId: 'cus-2' }), 1],
    ])('misses no change of that customer’s %s that is made while it is looked at', async (_, change, at) => {
      if (at === 1) await link('cus-2', 'other');
      const reference = tested.host.put(withAddress(globexes(), at === 1 ? {} : anInvoice().customer.billingAddress!));
      const load = tested.host.loadDocument.bind(tested.host);
      let loads = 0;
      tested.host.loadDocument = async (one) => {
        const loaded = await load(one);
        loads += 1;
        if (loads !== at) return loaded;
        tested.host.put(globexes());
        await change();
        return loaded;
      };
      await tested.sync.request(reference);
      await tested.worker.drain();
      expect(there()).toMatchObject(toGlobex);
    });

    it('is planned by a dry run for the customer that it has then, and its record stays as it is', async () => {
      await link('cus-2', 'other');
      tested.host.put(globexes({ lines: [aLine({ item: { type: 'add_on', id: 'rare' } })] }));
      const before = await record();
      const plan = await tested.resync.plan({ statuses: ['synced'] });
      expect(plan.blocked).toMatchObject({ item_not_mapped: { example: { details: { connection: 'other' } } } });
      expect(await record()).toEqual(before);
    });
  });

  describe('after it was recorded', () => {
    beforeEach(async () => {
      await tested.finalize(acmes());
      expect(here()).toMatchObject({ version: 1, customerName: 'Acme Inc' });
    });

    it('is recorded anew for that one, where it is linked to the same account', async () => {
      await link('cus-2', 'anrok');
      await tested.finalize(globexes());
      expect(here()).toMatchObject({ ...toGlobex, version: 2 });
      expect(await record()).toMatchObject({ status: 'synced', customerId: 'cus-2', formerCustomerId: null });
    });

    it('is found by a resync, also where nothing else of it is different', async () => {
      await link('cus-2', 'anrok');
      tested.host.put(document('cus-2', 'Acme Inc'));
      const { id } = await tested.resync.start({ statuses: ['synced'] }, { requestedBy: 'test' });
      await tested.resync.drain();
      expect(await tested.resync.progress(id)).toMatchObject({ synced: 1, unchanged: 0 });
      expect(here()).toMatchObject({ customerId: 'cus-2 at Anrok' });
    });

    it.each([
      ['is linked to another account', () => link('cus-2', 'other')],
      ['is linked to none', async () => {}],
    ])('says that it can not be recorded where that one %s, and continues with a link', async (_, settle) => {
      await settle();
      const reference = await tested.finalize(globexes());
      expect(here()).toMatchObject({ version: 1, customerName: 'Acme Inc' });
      expect(there()).toBeUndefined();
      expect(await record()).toMatchObject({
        status: 'waiting',
        problemCode: 'customer_changed',
        customerId: 'cus-2',
        connection: 'anrok',
      });
      expect(tested.host.problemOf(reference)?.details).toMatchObject({ formerCustomerId: 'cus-1' });
      // for whom it is recorded is not forgotten by then
      await tested.sync.request(reference);
      await tested.worker.drain();
      expect(await record()).toMatchObject({ problemCode: 'customer_changed' });
      await link('cus-2', 'anrok');
      await tested.worker.drain();
      expect(here()).toMatchObject({ ...toGlobex, version: 2 });
    });

    it('is again the first one’s when it comes back, linked or not', async () => {
      await tested.finalize(globexes());
      await tested.links.unlink('cus-1');
      await tested.finalize(acmes({ lines }));
      expect(here()).toMatchObject({ version: 2, customerId: 'cus-1', lines: [{ amount: 700 }] });
      expect(await record()).toMatchObject({ status: 'synced', customerId: 'cus-1', formerCustomerId: null });
    });

    it('is corrected for that one once it is recorded for it, whatever account it is linked to by then', async () => {
      await link('cus-2', 'anrok');
      await tested.finalize(globexes());
      await link('cus-2', 'other');
      await tested.finalize(globexes({ lines }));
      expect(here()).toMatchObject({ ...toGlobex, version: 3, lines: [{ amount: 700 }] });
      expect(there()).toBeUndefined();
    });

    it('is void at Anrok when it is voided, whoever its customer is', async () => {
      await tested.finalize(globexes());
      await tested.sync.request(tested.host.put(globexes(), 'voided'));
      await tested.worker.drain();
      expect(here()).toMatchObject({ state: 'voided' });
      expect(await record()).toMatchObject({ status: 'synced', problemCode: null });
    });

    it('takes its credit notes along', async () => {
      const credited = [aLine({ id: 'credited', amount: -500, creditedLineId: 'line-1' })];
      const note = { kind: 'credit_note', id: 'cn-1', creditedInvoiceId: 'inv-1', lines: credited } as const;
      await tested.finalize(acmes(note));
      await link('cus-2', 'anrok');
      tested.host.put(globexes(note));
      await tested.finalize(globexes());
      expect(tested.simulator.booksOf('here').transaction('host:credit_note:cn-1')).toMatchObject(toGlobex);
      expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'synced', customerId: 'cus-2' });
    });
  });

  describe('while it is in doubt whether it was recorded', () => {
    beforeEach(async () => {
      tested.simulator.faults.next(RECORD, { kind: 'loseAnswer', by: 'reset' });
      await tested.finalize(acmes());
      expect(here()).toMatchObject({ customerName: 'Acme Inc' });
      expect(await record()).toMatchObject({ status: 'retrying', doubtfulParts: 1 });
    });

    it('stays in the account that may have it', async () => {
      await link('cus-2', 'other');
      await tested.finalize(globexes());
      expect(await record()).toMatchObject({ status: 'waiting', problemCode: 'customer_changed' });
      await tested.finalize(globexes());
      expect(there()).toBeUndefined();
      await link('cus-2', 'anrok');
      await tested.worker.drain();
      expect(here()).toMatchObject(toGlobex);
    });
  });
});
