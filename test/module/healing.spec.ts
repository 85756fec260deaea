import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EVERY, TAX_FAILED, TAX_WAITING, TaxSyncRecord } from '@anrok-nest/module';
import type { TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('a document that can not be synced', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  const finalize = (document: TaxDocument) => tested.finalize(document);
  const recordOf = (documentId: string) => tested.recordOf(documentId);
  const statuses = async () => {
    const records = await tested.orm.em.fork().find(TaxSyncRecord, {}, { orderBy: { documentId: 'asc' } });
    return Object.fromEntries(records.map(({ documentId, status }) => [documentId, status]));
  };
  const withItems = (id: string, ...items: [type: string, id: string][]) =>
    anInvoice({ id, lines: items.map(([type, item], index) => aLine({ id: `l${index}`, item: { type, id: item } })) });
  const map = (itemType: string, itemId: string, productExternalId = 'saas-business') =>
    tested.mappings.upsert('anrok', { itemType, itemId, productExternalId });

  it('waits for a mapping, names the item, and asks nothing of Anrok', async () => {
    const told: unknown[] = [];
    tested.events.on(TAX_WAITING, (event) => told.push(event));
    const invoice = await finalize(withItems('inv-1', ['metric', 'calls']));
    const problem = {
      code: 'item_not_mapped',
      message: expect.stringContaining('metric "calls" on connection "anrok"'),
      remedy: expect.stringContaining('Map it'),
    };
    expect(await recordOf('inv-1')).toMatchObject({ status: 'waiting', problemCode: 'item_not_mapped', dueAt: null });
    expect(tested.host.problemOf(invoice)).toMatchObject({ ...problem, next: 'waiting' });
    expect(told).toEqual([expect.objectContaining({ document: invoice, problem: expect.objectContaining(problem) })]);
    expect(tested.simulator.calls.all()).toEqual([]);
  });

  it('is due again when what it waits for is mapped, and no other is', async () => {
    await finalize(withItems('both', ['metric', 'calls'], ['add_on', 'extra']));
    await finalize(withItems('calls', ['metric', 'calls']));
    await finalize(withItems('extra', ['add_on', 'extra']));
    await finalize(withItems('bytes', ['metric', 'bytes']));

    await map('metric', 'calls');
    expect(await statuses()).toEqual({ both: 'pending', bytes: 'waiting', calls: 'pending', extra: 'waiting' });
    await tested.worker.drain();
    expect(await statuses()).toEqual({ both: 'waiting', bytes: 'waiting', calls: 'synced', extra: 'waiting' });

    await map('metric', EVERY);
    expect(await statuses()).toEqual({ both: 'waiting', bytes: 'pending', calls: 'synced', extra: 'waiting' });
    await map(EVERY, EVERY);
    expect(await statuses()).toEqual({ both: 'pending', bytes: 'pending', calls: 'synced', extra: 'pending' });
    await tested.worker.drain();
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['synced']));
    expect(tested.host.problemOf({ kind: 'invoice', id: 'both' })).toBeUndefined();
  });

  // SQLite has one writer at a time
  const onPostgreSql = process.env['DATABASE_URL'] ? it : it.skip;

  onPostgreSql('does not wait for what was mapped while it was looked at', async () => {
    const isMapped = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    let isFirst = true;
    tested.orm.em.getEventManager().registerSubscriber({
      beforeTransactionCommit: async () => {
        if (!isFirst) return;
        isFirst = false;
        isMapped.resolve();
        await mayCommit.promise;
      },
    });
    const mapping = map('metric', 'calls');
    await isMapped.promise;
    await finalize(withItems('inv-1', ['metric', 'calls']));
    expect(await statuses()).toEqual({ 'inv-1': 'waiting' });
    mayCommit.resolve();
    await mapping;
    await tested.worker.drain();
    expect(await statuses()).toEqual({ 'inv-1': 'synced' });
  });

  it('is not made due by a mapping on another connection', async () => {
    await finalize(withItems('inv-1', ['metric', 'calls']));
    await tested.connections.create({ code: 'other', name: 'Other', apiKey: 'other/key/secret' });
    await tested.mappings.upsert('other', { itemType: EVERY, itemId: EVERY, productExternalId: 'saas-business' });
    expect(await statuses()).toEqual({ 'inv-1': 'waiting' });
  });

  it('waits for the mapping of a product that Anrok does not know, and names the item', async () => {
    await map('metric', 'calls', 'no-such-product');
    const invoice = await finalize(withItems('inv-1', ['metric', 'calls'], ['add_on', 'setup']));
    expect(tested.host.problemOf(invoice)).toMatchObject({
      code: 'anrok_product_external_id_unknown',
      message: expect.stringContaining('Mapped to it: metric "calls".'),
      next: 'waiting',
    });
    await map('add_on', 'setup');
    expect(await statuses()).toEqual({ 'inv-1': 'waiting' });
    await map('metric', 'calls', 'saas-business');
    await tested.worker.drain();
    expect(await statuses()).toEqual({ 'inv-1': 'synced' });
  });

  it('waits for an address, and continues when its customer changes', async () => {
    const { billingAddress, ...homeless } = anInvoice().customer;
    const invoice = await finalize(anInvoice({ customer: homeless }));
    expect(tested.host.problemOf(invoice)).toMatchObject({
      code: 'customer_address_unusable',
      message: expect.stringContaining('the shipping address is missing, the billing address is missing'),
    });
    expect(tested.simulator.calls.all()).toEqual([]);
    tested.host.put(anInvoice({ customer: { ...homeless, billingAddress: billingAddress! } }));
    await tested.events.emitAsync('customer.updated', { customerId: 'somebody-else' });
    expect(await statuses()).toEqual({ 'inv-1': 'waiting' });
    await tested.events.emitAsync('customer.updated', { customerId: 'cus-1' });
    await tested.worker.drain();
    expect(await statuses()).toEqual({ 'inv-1': 'synced' });
  });

  it('waits for a working key, and continues when the key is exchanged', async () => {
    await tested.connections.update('anrok', { apiKey: 'sandbox/key1/secret.wrong' });
    const invoice = await finalize(anInvoice());
    expect(tested.host.problemOf(invoice)).toMatchObject({ code: 'anrok_unauthorized', next: 'waiting' });
    await tested.connections.update('anrok', { name: 'A new name only' });
    expect(await statuses()).toEqual({ 'inv-1': 'waiting' });
    await tested.connections.update('anrok', { apiKey: tested.simulator.apiKey });
    await tested.worker.drain();
    expect(await statuses()).toEqual({ 'inv-1': 'synced' });
  });

  it('waits for a link when its customer has lost it', async () => {
    await tested.sync.request(tested.host.put(anInvoice()));
    await tested.links.unlink('cus-1');
    await tested.worker.drain();
    expect(await recordOf('inv-1')).toMatchObject({ status: 'waiting', problemCode: 'customer_not_linked' });
    await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok' });
    await tested.worker.drain();
    expect(await statuses()).toEqual({ 'inv-1': 'synced' });
  });

  it('heals in the transaction of the change: not when that rolls back', async () => {
    await finalize(withItems('inv-1', ['metric', 'calls']));
    const broken = tested.orm.em.fork().transactional(async () => {
      await map('metric', 'calls');
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await statuses()).toEqual({ 'inv-1': 'waiting' });
    expect(await tested.mappings.list('anrok')).toHaveLength(1);
  });

  it('fails where only a person can help, says so, and is tried again when asked', async () => {
    const told: unknown[] = [];
    tested.events.on(TAX_FAILED, (event) => told.push(event));
    const body = { type: 'currencyCodeNotSupported' };
    tested.simulator.faults.next('transactions.createOrUpdate', { kind: 'status', status: 409, body });
    const invoice = await finalize(anInvoice());
    expect(tested.host.problemOf(invoice)).toMatchObject({ code: 'anrok_currency_code_not_supported', next: 'failed' });
    expect(told).toHaveLength(1);
    const record = await recordOf('inv-1');
    expect(record.status).toBe('failed');
    tested.clock.advance(10 * 86_400_000);
    expect(await tested.worker.drain()).toBe(0);
    await tested.sync.retry(record.id);
    await tested.worker.drain();
    expect(await statuses()).toEqual({ 'inv-1': 'synced' });
  });

  it('can be tried again by id, and an unknown id is said to be one', async () => {
    await expect(tested.sync.retry('00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'sync_record_not_found',
    });
  });
});
