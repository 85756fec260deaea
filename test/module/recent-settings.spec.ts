import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionRemovalService, MappingCsvService } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const SECOND_MS = 1_000;

describe('current usage, asked for again within a second,', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
    // whatever was changed to set this up is over
    tested.clock.advance(SECOND_MS);
  });
  afterEach(() => tested.close());

  const usage = () => tested.strategy.estimate(anInvoice(), { purpose: 'usage' });
  const draft = () => tested.strategy.estimate(anInvoice());
  const calls = () => tested.simulator.calls.of('transactions.createEphemeral').map(({ body }) => body);
  const productsAsked = () =>
    calls().flatMap((body) => (body as { lineItems: { productExternalId: string }[] }).lineItems[0]!.productExternalId);
  /** As somebody else would, of whom this process is told nothing. */
  const elsewhere = (sql: string) => tested.orm.em.fork().getConnection().execute(sql);
  const mapElsewhere = (product: string) =>
    elsewhere(`update anrok_item_mapping set product_external_id = '${product}'`);
  const upsert = (productExternalId: string) =>
    tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId });

  it('goes by the settings that it went by before', async () => {
    await usage();
    await mapElsewhere('digital-goods');
    tested.clock.advance(SECOND_MS - 1);
    await usage();
    expect(productsAsked()).toEqual(['saas-business']);
  });

  it('sees what another process has changed once the second is over', async () => {
    await usage();
    await mapElsewhere('digital-goods');
    tested.clock.advance(SECOND_MS);
    await usage();
    expect(productsAsked()).toEqual(['saas-business', 'digital-goods']);
  });

  it('goes by no settings from a time to which the clock was set back', async () => {
    await usage();
    await mapElsewhere('digital-goods');
    tested.clock.advance(-10 * SECOND_MS);
    await usage();
    expect(productsAsked()).toEqual(['saas-business', 'digital-goods']);
  });

  it('says nothing of another purpose: a draft goes by the settings as they are now', async () => {
    await usage();
    await mapElsewhere('digital-goods');
    await draft();
    expect(productsAsked()).toEqual(['saas-business', 'digital-goods']);
  });

  it('reads the mapping of an item that was not among those asked about', async () => {
    await usage();
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'other', productExternalId: 'digital-goods' });
    tested.clock.advance(SECOND_MS);
    await usage();
    const [line] = anInvoice().lines;
    const other = anInvoice({ lines: [{ ...line!, item: { type: 'add_on', id: 'other' } }] });
    await tested.strategy.estimate(other, { purpose: 'usage' });
    expect(productsAsked()).toEqual(['saas-business', 'digital-goods']);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['a mapping that was changed', () => upsert('no-such'), 'anrok_product_external_id_unknown'],
    [
      'a mapping that was taken out',
      () => tested.mappings.remove('anrok', { itemType: 'add_on', itemId: 'setup' }),
      'item_not_mapped',
    ],
    [
      'a file of mappings',
      () =>
        tested.app
          .get(MappingCsvService)
          .import('anrok', 'item_type,item_id,product_external_id\nadd_on,setup,no-such', { checkProducts: false }),
      'anrok_product_external_id_unknown',
    ],
    ['a customer that was unlinked', () => tested.links.unlink('cus-1'), 'customer_not_linked'],
    [
      'a connection that was deleted',
      () => tested.app.get(ConnectionRemovalService).remove('anrok', { confirmed: true }),
      'customer_not_linked',
    ],
    [
      'a connection that was paused',
      async () => {
        const connection = await tested.connections.byCode('anrok');
        tested.simulator.faults.next('productTaxCategories.list', { kind: 'status', status: 401 });
        await tested.connections.test(connection).catch(() => {});
      },
      'connection_paused',
    ],
  ])('sees %s by this process at once', async (_, change, code) => {
    await usage();
    await change();
    await expect(usage()).rejects.toMatchObject({ code });
  });

  it('sees another link and another key at once', async () => {
    await usage();
    await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: 'other' });
    await usage();
    await tested.connections.update('anrok', { apiKey: tested.simulator.apiKey });
    await usage();
    expect(calls()).toMatchObject([{ customerId: 'cus-1' }, { customerId: 'other' }, { customerId: 'other' }]);
  });

  it('sees a change once it is committed, and keeps nothing of before for what comes after', async () => {
    await usage();
    await tested.orm.em.fork().transactional(async () => {
      await upsert('digital-goods');
    });
    await usage();
    await upsert('saas-business');
    await usage();
    expect(productsAsked()).toEqual(['saas-business', 'digital-goods']);
  });

  it('goes within a transaction by what that has written, and leaves nothing of it behind', async () => {
    await usage();
    const undone = tested.orm.em.fork().transactional(async () => {
      await upsert('no-such');
      tested.clock.advance(SECOND_MS);
      await expect(usage()).rejects.toMatchObject({ code: 'anrok_product_external_id_unknown' });
      await usage();
    });
    await expect(undone).rejects.toMatchObject({ code: 'anrok_product_external_id_unknown' });
    expect(await usage()).toMatchObject({ taxAmountToCollect: expect.any(Number) });
  });
});
