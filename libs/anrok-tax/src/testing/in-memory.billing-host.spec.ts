import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { describeBillingHost } from './billing-host.contract.js';
import { InMemoryBillingHost } from './in-memory.billing-host.js';

describeBillingHost('InMemoryBillingHost', async () => {
  const host = new InMemoryBillingHost();
  let count = 0;
  return {
    host,
    inContext: (work) => work(),
    finalDocument: async () => {
      count += 1;
      return host.put(anInvoice({ id: `inv-${count}` }));
    },
    change: async ({ id }) => {
      host.put(anInvoice({ id, lines: [aLine({ amount: 777 })] }));
    },
    close: async () => {},
  };
});
