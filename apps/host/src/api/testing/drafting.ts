import { startHost } from './host.starter.js';
import { type reload, stock } from './invoicing.js';
import { ScriptedTaxStrategy } from './scripted.tax-strategy.js';
import { bill, charge, invoicesOf, measure, plan, subscribe, use } from './subscribing.js';

type Shown = Awaited<ReturnType<typeof reload>>;

/**
 * A host where March of customer `acme` is over: USD 30.00 and a thousand requests, on a draft from the next run on. The
 * customer has three days of grace, and ten days to pay. It is the first of April.
 */
export async function startDrafting() {
  const strategy = new ScriptedTaxStrategy();
  const host = await startHost({ strategies: [strategy] });
  await stock(host);
  await host.lago.customers.createCustomer({
    customer: { external_id: 'acme', net_payment_term: 10, billing_configuration: { invoice_grace_period: 3 } },
  });
  await plan(host, 'monthly', { charges: [charge(await measure(host))] });
  host.clock.set('2026-03-01T00:00:00Z');
  await subscribe(host, 'monthly');
  await use(host, 'monthly', '2026-03-05T00:00:00Z', 1_000);
  host.clock.set('2026-04-01T00:00:00Z');
  return {
    host,
    strategy,
    /** Runs, and answers the draft. */
    drafted: async () => {
      await bill(host);
      const [draft] = await invoicesOf(host);
      return draft!;
    },
    refresh: async ({ lago_id }: Shown) => (await host.lago.invoices.refreshInvoice(lago_id)).data.invoice,
    finalize: async ({ lago_id }: Shown) => (await host.lago.invoices.finalizeInvoice(lago_id)).data.invoice,
    /** Two thousand more requests in March, of which the draft knows nothing yet. */
    useMore: () => use(host, 'monthly', '2026-03-31T23:00:00Z', 2_000),
  };
}

export type Drafting = Awaited<ReturnType<typeof startDrafting>>;

/** What is refused to an invoice that is no draft. */
export const NO_DRAFT = { status: 405, code: 'invalid_status' };
