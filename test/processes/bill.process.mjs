// The command line in a process that kills itself at its n-th invoice.
// CRASH_AT: finalized (in the transaction), committed; CRASH_AFTER: how many invoices
import { CustomerBilling } from '../../apps/host/dist/billing/billing-run/customer-billing.js';
import { InvoiceFinalizer } from '../../apps/host/dist/billing/invoice/invoice-finalizer.js';

let left = Number(process.env.CRASH_AFTER);

function dieAfter(step, { prototype }, name) {
  const { value: method } = Object.getOwnPropertyDescriptor(prototype, name);
  prototype[name] = async function (...args) {
    const answer = await method.apply(this, args);
    if (process.env.CRASH_AT === step && --left === 0) process.kill(process.pid, 'SIGKILL');
    return answer;
  };
}

dieAfter('finalized', InvoiceFinalizer, 'finalize');
dieAfter('committed', CustomerBilling, 'bill');
await import('../../apps/host/dist/command-line.js');
