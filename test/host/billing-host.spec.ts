import { BillingHost } from '@anrok-nest/module';
import { describeBillingHost } from '@anrok-nest/module/testing';
import { MikroORM, RequestContext } from '@mikro-orm/core';
import { CreditNote, Fee } from '../../apps/host/src/billing/index.js';
import { call, feesOf, stockCalls } from '../../apps/host/src/api/testing/charging.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';

async function start() {
  const host = await HostUnderTest.start();
  const orm = host.app.get(MikroORM);
  let count = 0;
  return {
    sample: host,
    orm,
    host: host.app.get(BillingHost, { strict: false }),
    inContext: <T>(work: () => Promise<T>) => RequestContext.create(orm.em, work),
    newCustomer: async () => {
      count += 1;
      await host.customer(`customer-${count}`, DENVER);
      return `customer-${count}`;
    },
    close: () => host.close(),
  };
}

describeBillingHost('the sample host, for invoices,', async () => {
  const { sample, newCustomer, ...tested } = await start();
  return {
    ...tested,
    finalDocument: async () => {
      const customerId = await newCustomer();
      const { data } = await sample.lago.invoices.createInvoice({
        invoice: { external_customer_id: customerId, fees: [{ add_on_code: 'pro' }, { add_on_code: 'setup' }] },
      });
      return { kind: 'invoice' as const, id: data.invoice.lago_id, customerId };
    },
    change: async ({ customerId }) => {
      await sample.lago.customers.createCustomer({ customer: { external_id: customerId, city: 'Boulder' } });
    },
  };
});

describeBillingHost('the sample host, for credit notes,', async () => {
  const { sample, newCustomer, orm, ...tested } = await start();
  return {
    ...tested,
    finalDocument: async () => {
      const customerId = await newCustomer();
      const { lago_id } = await sample.creditNote(await sample.invoice(customerId, {}, { units: 2 }));
      return { kind: 'credit_note' as const, id: lago_id, customerId };
    },
    // nothing that a person can do changes a credit note's document: this stands for a mended row
    change: async ({ id }) => {
      await orm.em.fork().nativeUpdate(CreditNote, { id }, { issuingDate: '2026-03-14' });
    },
  };
});

describeBillingHost('the sample host, for fees that are on no invoice,', async () => {
  const { sample, orm, ...tested } = await start();
  await sample.customer('acme', DENVER);
  await stockCalls(sample);
  await sample.map({ itemType: 'billable_metric', productExternalId: 'saas-business' });
  let count = 0;
  return {
    ...tested,
    finalDocument: async () => {
      count += 1;
      await call(sample, `call ${count}`);
      const [fee] = await feesOf(sample, `call ${count}`);
      return { kind: 'fee' as const, id: fee!.lago_id!, customerId: 'acme' };
    },
    // its customer may move as long as it has no tax; here all fees have the same one
    change: async ({ id }) => {
      await orm.em.fork().nativeUpdate(Fee, { id }, { issuingDate: '2026-03-14' });
    },
  };
});
