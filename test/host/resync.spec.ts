import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ResyncService, TaxSyncRecord } from '@anrok-nest/module';
import { MikroORM } from '@mikro-orm/core';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

describe('a resync of the sample host', () => {
  let host: HostUnderTest;
  let resync: ResyncService;
  beforeEach(async () => {
    host = await HostUnderTest.start();
    resync = host.app.get(ResyncService, { strict: false });
  });
  afterEach(() => host.close());

  it('taxes an invoice of which the module never heard', async () => {
    await host.customer('acme', DENVER);
    const { data } = await host.lago.invoices.createInvoice({
      invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'pro' }] },
    });
    const { lago_id } = data.invoice;
    await host.app.get(MikroORM).em.fork().nativeDelete(TaxSyncRecord, { documentId: lago_id });
    await host.work();
    expect(await host.reload(lago_id)).toMatchObject({ status: 'pending' });

    expect(await resync.plan()).toMatchObject({ byStatus: { never_seen: 1 }, calls: 1 });
    await resync.start({}, { requestedBy: 'test' });
    await resync.drain();
    const [booked] = host.simulator.books.transactions();
    expect(booked?.id).toBe(`host:invoice:${lago_id}`);
    expect(await host.reload(lago_id)).toMatchObject({
      status: 'finalized',
      taxes_amount_cents: booked?.taxAmountToCollect,
    });
  });

  it('leaves alone what was taxed at a flat rate before its customer was linked', async () => {
    await host.lago.customers.createCustomer({ customer: { external_id: 'acme', currency: 'USD', ...DENVER } });
    const before = await host.invoice('acme', {});
    expect(before).toMatchObject({ status: 'finalized', taxes_amount_cents: 12_000 });
    await host.customer('acme');
    expect(await resync.plan()).toMatchObject({ documents: 0 });
    await resync.start({}, { requestedBy: 'test' });
    await resync.drain();
    expect(host.simulator.calls.all()).toEqual([]);
    expect(await host.reload(before.lago_id)).toEqual({ ...before, customer: expect.anything() });
  });
});
