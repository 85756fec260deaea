import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionRemovalService, HeldTransaction, ResyncRun, TaxSyncRecord } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('a connection', () => {
  let tested: ModuleUnderTest;
  let removal: ConnectionRemovalService;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 600 });
    removal = tested.app.get(ConnectionRemovalService);
  });
  afterEach(() => tested.close());

  const codes = async () => (await tested.connections.list()).map(({ code }) => code);
  const keyOf = async () => (await tested.connections.byCode('anrok')).encryptedApiKey;

  describe('that is deleted', () => {
    it('takes its links and mappings along, once that is confirmed', async () => {
      await expect(removal.remove('anrok')).rejects.toMatchObject({
        code: 'connection_in_use',
        message: expect.stringMatching(/1 customers.* 1 items/),
        problem: { details: { customers: 1, mappings: 1, documents: 0 } },
      });
      expect(await codes()).toEqual(['anrok']);
      expect(await removal.dependents('anrok')).toEqual({
        customers: 1,
        mappings: 1,
        documents: 0,
        unfinishedDocuments: 0,
        runningResyncs: 0,
      });
      expect(await removal.remove('anrok', { confirmed: true })).toMatchObject({ customers: 1, mappings: 1 });
      expect(await codes()).toEqual([]);
      expect(await tested.links.of(['cus-1'])).toEqual([]);
      await expect(removal.remove('anrok')).rejects.toMatchObject({ code: 'connection_not_found' });
      await expect(removal.dependents('anrok')).rejects.toMatchObject({ code: 'connection_not_found' });
    });

    it('goes without being asked twice where nothing depends on it, and leaves the others alone', async () => {
      await tested.connections.create({ code: 'typo', name: 'Typo', apiKey: 'typo/key/secret' });
      await removal.remove('typo');
      expect(await codes()).toEqual(['anrok']);
      expect(await tested.mappings.list('anrok')).toHaveLength(1);
    });

    it('stays when documents were synced over it, whatever is confirmed, and they keep their history', async () => {
      await tested.finalize(anInvoice({ id: '1' }));
      await tested.finalize(
        anInvoice({ id: '2', lines: [{ ...anInvoice().lines[0]!, item: { type: 'x', id: 'y' } }] }),
      );
      await tested.links.unlink('cus-1');
      await expect(removal.remove('anrok', { confirmed: true })).rejects.toMatchObject({
        code: 'connection_has_history',
        message: expect.stringContaining('2 documents were synced over it, 1 of them are not done'),
      });
      const em = tested.orm.em.fork();
      expect([await em.count(TaxSyncRecord), await em.count(HeldTransaction)]).toEqual([2, 1]);
      expect(await tested.mappings.list('anrok')).toHaveLength(1);
    });

    it('stays while a resync of it is running', async () => {
      await tested.resync.start({ connection: 'anrok' }, { requestedBy: 'ada' });
      await expect(removal.remove('anrok', { confirmed: true })).rejects.toMatchObject({ code: 'connection_in_use' });
      await tested.orm.em.fork().nativeUpdate(ResyncRun, {}, { status: 'completed' });
      await removal.remove('anrok', { confirmed: true });
    });
  });

  describe('that gets another key', () => {
    it('refuses one of another account, so that nothing is recorded twice', async () => {
      const before = await keyOf();
      for (const apiKey of ['other/key1/secret', 'nothing-to-tell-by']) {
        const refused = { code: 'key_of_another_account', problem: { details: { account: 'sandbox' } } };
        await expect(tested.connections.update('anrok', { apiKey })).rejects.toMatchObject(refused);
        await expect(tested.connections.ensure({ code: 'anrok', name: 'A', apiKey })).rejects.toMatchObject(refused);
      }
      expect(await keyOf()).toBe(before);
      const error = await tested.connections.update('anrok', { apiKey: 'other/key1/s3cr3t' }).catch((caught) => caught);
      expect(JSON.stringify([error.message, error.problem])).not.toContain('s3cr3t');
    });

    it('takes any key where its account can not be told', async () => {
      await tested.connections.create({ code: 'odd', name: 'Odd', apiKey: 'nothing-to-tell-by' });
      expect(await tested.connections.update('odd', { apiKey: 'other/key1/secret' })).toMatchObject({
        sellerId: 'other',
      });
    });

    it('keeps the one that it has where Anrok refuses the new one', async () => {
      const before = await keyOf();
      const apiKey = 'sandbox/key1/secret.wrong';
      const update = tested.connections.update('anrok', { name: 'New', apiKey }, { testKey: true });
      await expect(update).rejects.toMatchObject({ code: 'api_key_refused' });
      expect(await keyOf()).toBe(before);
      expect(await tested.connections.byCode('anrok')).toMatchObject({ name: 'Anrok', pausedAt: null });
    });

    it('keeps the one that it has where Anrok can not say, unless no test is wanted', async () => {
      const before = await keyOf();
      const update = (testKey: boolean) =>
        tested.connections.update('anrok', { apiKey: tested.simulator.apiKey }, { testKey });
      for (const fault of [{ kind: 'timeout' }, { kind: 'status', status: 500 }] as const) {
        tested.simulator.faults.next('productTaxCategories.list', fault);
        await expect(update(true)).rejects.toMatchObject({ code: 'api_key_not_tested', problem: { retry: 'later' } });
      }
      expect(await keyOf()).toBe(before);
      await update(false);
      const untested = await keyOf();
      expect(untested).not.toBe(before);
      await update(true);
      expect(await keyOf()).not.toBe(untested);
    });
  });
});
