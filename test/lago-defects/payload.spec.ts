import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import { bookedOf, problemOf, sentTo } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('what Anrok is sent of the host', () => {
  let host: HostUnderTest;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  beforeEach(() => host.simulator.calls.clear());
  afterAll(() => host.close());

  it('D19: an item’s own product goes before that of its type, and that before the fallback', async () => {
    await host.customer('mapped', DENVER);
    for (const code of ['own', 'other']) await host.stock(code, 10_000);
    await host.map({ itemType: 'fallback', productExternalId: 'not-taxable' });
    const products = async () =>
      bookedOf(host, await host.invoice('mapped', { add_on_code: 'own' }, { add_on_code: 'other' }))?.lines.map(
        (line) => line.productExternalId,
      );
    expect(await products()).toEqual(['not-taxable', 'not-taxable']);
    await host.map({ itemType: 'add_on', productExternalId: 'digital-goods' });
    await host.map({ itemType: 'add_on', itemId: 'own', productExternalId: 'saas-business' });
    expect(await products()).toEqual(['saas-business', 'digital-goods']);
  });

  it('D22: an address goes whole, with its state and its second line', async () => {
    await host.customer('whole', { ...DENVER, address_line2: 'Suite 5' });
    await host.invoice('whole', {});
    expect(sentTo(host)[0].customerAddress).toEqual({
      line1: '1450 Cherokee St, Suite 5',
      city: 'Denver',
      region: 'CO',
      postalCode: '80204',
      country: 'US',
    });
  });

  it('D22: the shipping address is not filled up from the billing address, nor are blanks sent', async () => {
    const shipping_address = {
      address_line1: '',
      city: 'Berlin',
      state: ' ',
      zipcode: '10117',
      country: 'DE',
    } as const;
    await host.customer('ships', { ...DENVER, shipping_address });
    await host.invoice('ships', {});
    expect(sentTo(host)[0].customerAddress).toEqual({ city: 'Berlin', postalCode: '10117', country: 'DE' });
  });

  it('D22: an address that can’t be used is found out before anything is sent, and what it lacks is said', async () => {
    await host.customer('vague', { city: 'Springfield', country: 'US' });
    const failed = await host.invoice('vague', {});
    expect(failed.status).toBe('failed');
    expect(problemOf(failed)).toMatchObject({
      tax_error: 'customer_address_unusable',
      tax_error_message: expect.stringContaining('has neither region nor postal code'),
    });
    expect(host.simulator.calls.all()).toEqual([]);
  });

  it('D23: a customer has its legal name at Anrok, and a transaction says whose it is', async () => {
    await host.customer('acme', { ...DENVER, legal_name: 'Acme Incorporated' });
    const { lago_id } = await host.invoice('acme', {});
    expect(sentTo(host)).toMatchObject([{ id: `host:invoice:${lago_id}`, customerName: 'Acme Incorporated' }]);
  });

  it('D33: what a customer does not have is left out, neither null nor empty', async () => {
    const integration_customers = [{ integration_type: 'anrok', integration_code: 'anrok' }];
    await host.lago.customers.createCustomer({
      customer: { external_id: 'bare', currency: 'USD', state: 'CO', country: 'US', integration_customers } as never,
    });
    expect(await host.invoice('bare', {})).toMatchObject({ status: 'finalized' });
    const [sent] = sentTo(host);
    expect(sent.customerAddress).toEqual({ region: 'CO', country: 'US' });
    expect(sent).not.toHaveProperty('customerTaxIds');
    expect(JSON.stringify(sent)).not.toMatch(/null|""/);
  });

  it('D40: a product that Anrok does not have is named, with the item that is mapped to it', async () => {
    await host.customer('typo', DENVER);
    await host.stock('typo', 10_000, 'sass-business');
    expect(problemOf(await host.invoice('typo', { add_on_code: 'typo' }))).toMatchObject({
      tax_error: 'anrok_product_external_id_unknown',
      tax_error_message: expect.stringMatching(/"sass-business".*add_on "typo"/),
      next: 'waiting',
    });
  });
});

describe('what Anrok is sent by the module', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  const lines = (count: number, amount: number) =>
    Array.from({ length: count }, (_, index) => aLine({ id: `l${index}`, amount }));

  it('D22: blanks of an address are left out', async () => {
    const shippingAddress = { line1: '', line2: ' ', city: 'Berlin', region: ' ', postalCode: '', country: 'DE' };
    await tested.finalize(anInvoice({ customer: { ...anInvoice().customer, shippingAddress } }));
    expect(sentTo(tested)[0].customerAddress).toEqual({ city: 'Berlin', country: 'DE' });
  });

  it('D23: a customer without a name is created under its id, with all of its tax ids', async () => {
    const { name: _, ...nameless } = anInvoice().customer;
    await tested.finalize(anInvoice({ customer: { ...nameless, taxIds: ['DE136695976', 'FR40303265045'] } }));
    expect(tested.simulator.books.customers()).toMatchObject([{ id: 'cus-1', name: 'cus-1' }]);
    expect(tested.simulator.books.transactions()[0]?.taxIds).toEqual(['DE136695976', 'FR40303265045']);
  });

  it('D24: quantities and prices with tax are sent, and the version that came back is expected by the void', async () => {
    const document = anInvoice({ lines: [aLine({ quantity: '3', taxIncluded: true })] });
    const reference = await tested.finalize(document);
    expect(sentTo(tested)[0].lineItems).toMatchObject([{ quantity: '3', isTaxIncludedInAmount: true }]);
    const { transactions } = await tested.records.history((await tested.recordOf('inv-1')).id);
    expect(transactions).toMatchObject([{ version: 1 }]);
    tested.host.put(document, 'voided');
    await tested.sync.request(reference);
    await tested.worker.drain();
    expect(tested.simulator.calls.of('transactions.void')).toMatchObject([{ body: { transactionExpectedVersion: 1 } }]);
  });

  it('D27: a document of more lines than Anrok takes is recorded in parts, without the lines of nothing', async () => {
    const document = anInvoice({ lines: [...lines(1_201, 999), aLine({ id: 'free', amount: 0 })] });
    const invoice = await tested.finalize(document);
    const parts = tested.simulator.books.transactions();
    expect(parts.map((part) => part.lines.length)).toEqual([1_200, 1]);
    expectToAddUp(document, tested.host.taxesOf(invoice)!.calculation, 'anrok');
  });

  it('D40: each plan, add-on and metric can be a product of its own', async () => {
    const items = [
      ['subscription', 'basic', 'saas-business'],
      ['subscription', 'premium', 'digital-goods'],
      ['metric', 'calls', 'not-taxable'],
    ] as const;
    for (const [itemType, itemId, productExternalId] of items)
      await tested.mappings.upsert('anrok', { itemType, itemId, productExternalId });
    const of = items.map(([type, id], index) => aLine({ id: `l${index}`, item: { type, id } }));
    await tested.finalize(anInvoice({ lines: of }));
    const [booked] = tested.simulator.books.transactions();
    expect(booked?.lines.map((line) => line.productExternalId)).toEqual(items.map(([, , product]) => product));
  });
});
