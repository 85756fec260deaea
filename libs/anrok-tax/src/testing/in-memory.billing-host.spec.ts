import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { describeBillingHost } from './billing-host.contract.js';
import { InMemoryBillingHost } from './in-memory.billing-host.js';

describeBillingHost('InMemoryBillingHost', async () => {
  const host = new InMemoryBillingHost();
  host.sell({ type: 'add_on', id: 'setup', name: 'Set-up' });
  host.sell({ type: 'add_on', id: 'pro', name: '100% Pro' });
  host.sell({ type: 'metric', id: 'calls', name: 'Calls' });
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
