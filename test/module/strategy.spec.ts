import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryRateLimiter, type Lane } from '@anrok-nest/client';
import type { TaxAccount } from '@anrok-nest/tax';
import { aLine, anInvoice, describeTaxStrategy, expectToAddUp } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describeTaxStrategy(
  'AnrokTaxStrategy',
  async () => {
    const tested = await startModule();
    const { strategy, orm } = tested;
    return { strategy, close: () => tested.close(), settling: (work) => orm.em.fork().transactional(work) };
  },
  40,
);

describe('AnrokTaxStrategy', () => {
  const lanes: Lane[] = [];
  const rateLimiter = new InMemoryRateLimiter({ requestsPerSecond: 10_000 });
  const recording = {
    acquire: (key: string, lane: Lane, signal?: AbortSignal) => {
      lanes.push(lane);
      return rateLimiter.acquire(key, lane, signal);
    },
    pause: (key: string, forMs: number) => rateLimiter.pause(key, forMs),
  };
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule({ estimateTimeoutMs: 200 }, { rateLimiter: recording });
    lanes.length = 0;
  });
  afterEach(() => tested.close());

  it('lets estimates go before what is recorded', async () => {
    await tested.strategy.estimate(anInvoice());
    await tested.sync.request(tested.host.put(anInvoice()));
    await tested.worker.drain();
    expect(lanes).toEqual(['interactive', 'record']);
  });

  it('records nothing by an estimate: no transaction, no customer, no record', async () => {
    await tested.strategy.estimate(anInvoice());
    expect(tested.simulator.books.transactions()).toEqual([]);
    expect(tested.simulator.books.customers()).toEqual([]);
    expect((await tested.records.list()).records).toEqual([]);
  });

  it('waits for an answer no longer than it was told, and by default not for ever', async () => {
    tested.simulator.faults.always('transactions.createEphemeral', { kind: 'timeout' });
    await expect(tested.strategy.estimate(anInvoice(), { timeoutMs: 30 })).rejects.toMatchObject({
      code: 'anrok_timeout',
    });
    await expect(tested.strategy.estimate(anInvoice())).rejects.toMatchObject({ code: 'anrok_timeout' });
  });

  it('estimates a document that is too long for one transaction as one', async () => {
    const lines = Array.from({ length: 2_401 }, (_, index) => aLine({ id: `l${index}`, amount: 1_050 + index }));
    const document = anInvoice({ lines });
    const calculation = await tested.strategy.estimate(document, { timeoutMs: 20_000 });
    expect(tested.simulator.calls.of('transactions.createEphemeral')).toHaveLength(3);
    expectToAddUp(document, calculation, 'anrok');
    expect(calculation.lines.every((line) => line.taxAmountToCollect > 0)).toBe(true);
  });

  it('names the host’s item when Anrok does not know its product', async () => {
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'odd', productExternalId: 'no-such' });
    const odd = anInvoice({ lines: [aLine({ item: { type: 'add_on', id: 'odd' } })] });
    await expect(tested.strategy.estimate(odd)).rejects.toMatchObject({
      code: 'anrok_product_external_id_unknown',
      message: expect.stringContaining('add_on "odd"'),
    });
  });

  describe('with an account that comes with the customer', () => {
    const estimate = (id: string, account: TaxAccount) =>
      tested.strategy.estimate(anInvoice({ customer: { ...anInvoice().customer, id, account } }));
    const askedFor = () => tested.simulator.calls.of('transactions.createEphemeral').map(({ body }) => body);

    it('taxes somebody who is not linked, and leaves nothing behind', async () => {
      const { taxAmountToCollect } = await estimate('stranger', { strategy: 'anrok', code: 'anrok' });
      expect(taxAmountToCollect).toBe((await tested.strategy.estimate(anInvoice())).taxAmountToCollect);
      expect(askedFor()[0]).toMatchObject({ customerId: 'stranger' });
      expect(await tested.strategy.appliesTo({ id: 'stranger' })).toBe(false);
      expect(tested.simulator.books.customers()).toEqual([]);
    });

    it('asks for the customer that Anrok knows: by the account, else by the link in the same account', async () => {
      await tested.links.link({ customerId: 'cus-1', connectionCode: 'anrok', anrokCustomerId: 'known' });
      await tested.connections.ensure({ code: 'other', name: 'Other', apiKey: tested.simulator.apiKey });
      await estimate('cus-1', { strategy: 'anrok', code: 'anrok' });
      await estimate('cus-1', { strategy: 'anrok', code: 'anrok', customerId: 'another' });
      await tested.mappings.upsert('other', {
        itemType: 'add_on',
        itemId: 'setup',
        productExternalId: 'saas-business',
      });
      await estimate('cus-1', { strategy: 'anrok', code: 'other' });
      expect(askedFor().map((body) => (body as { customerId: string }).customerId)).toEqual([
        'known',
        'another',
        'cus-1',
      ]);
    });

    it('refuses one that does not exist', async () => {
      await expect(estimate('stranger', { strategy: 'anrok', code: 'gone' })).rejects.toMatchObject({
        code: 'connection_not_found',
      });
    });

    it('settles by the link all the same', async () => {
      const account = { strategy: 'anrok', code: 'anrok' };
      const stranger = anInvoice({ customer: { ...anInvoice().customer, id: 'stranger', account } });
      await expect(tested.strategy.settle(stranger)).rejects.toMatchObject({ code: 'customer_not_linked' });
    });
  });

  it('refuses a customer that is not linked', async () => {
    const stranger = anInvoice({ customer: { ...anInvoice().customer, id: 'stranger' } });
    expect(await tested.strategy.appliesTo({ id: 'stranger' })).toBe(false);
    await expect(tested.strategy.estimate(stranger)).rejects.toMatchObject({ code: 'customer_not_linked' });
    await expect(tested.strategy.settle(stranger)).rejects.toMatchObject({ code: 'customer_not_linked' });
  });
});
