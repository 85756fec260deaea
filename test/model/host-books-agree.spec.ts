import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { expectBooksToAgree } from '../support/host-books.js';
import { DENVER, HostUnderTest } from '../support/host-under-test.js';
import { FAULTS, type FaultName } from './history.js';

const HISTORIES = Number(process.env['HOST_HISTORIES'] ?? 40);

type Invoice = Awaited<ReturnType<HostUnderTest['invoice']>>;
type Act =
  | { readonly act: 'issue'; readonly amounts: readonly number[]; readonly isMapped: boolean }
  | { readonly act: 'void' | 'loseDispute' | 'creditAll' | 'voidNote'; readonly which: number }
  | { readonly act: 'credit'; readonly which: number; readonly percent: number }
  | { readonly act: 'work' | 'freeze' | 'unfreeze' }
  | { readonly act: 'fault'; readonly fault: FaultName };

const which = fc.nat({ max: 3 });
const issue = fc.record({
  act: fc.constant('issue' as const),
  amounts: fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 2 }),
  isMapped: fc.constantFrom(true, true, false),
});
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  issue,
  fc.record({ act: fc.constantFrom('void' as const, 'loseDispute' as const), which }),
  fc.record({ act: fc.constant('credit' as const), which, percent: fc.integer({ min: 1, max: 99 }) }),
  fc.record({ act: fc.constantFrom('creditAll' as const, 'voidNote' as const), which }),
  fc.record({ act: fc.constantFrom('work' as const, 'work' as const, 'freeze' as const, 'unfreeze' as const) }),
  fc.record({ act: fc.constant('fault' as const), fault: fc.constantFrom(...(Object.keys(FAULTS) as FaultName[])) }),
);
const anyHistory = fc
  .tuple(issue, fc.array(anyAct, { minLength: 3, maxLength: 12 }))
  .map(([first, others]): Act[] => [first, { act: 'work' }, ...others]);

describe('the sample host and Anrok', () => {
  let host: HostUnderTest;
  let count = 0;
  beforeAll(async () => {
    host = await HostUnderTest.start();
  });
  afterAll(() => host.close());

  it(
    `agree to the cent after ${HISTORIES} histories over Lago's API`,
    () => fc.assert(fc.asyncProperty(anyHistory, play), { numRuns: HISTORIES }),
    10 * 60_000,
  );

  async function play(history: readonly Act[]): Promise<void> {
    count += 1;
    const customer = `acme-${count}`;
    await host.customer(customer, DENVER);
    await host.stock(`rare-${count}`, 1_000);
    for (const act of history) await perform(act, customer);
    host.simulator.faults.clear();
    await host.map({ itemType: 'add_on', itemId: `rare-${count}`, productExternalId: 'saas-business' });
    for (let i = 0; i < 6; i++) {
      host.clock.advance(60_000);
      await host.work();
    }
    const { invoices } = (await host.lago.invoices.findAllInvoices({ external_customer_id: customer })).data;
    expectBooksToAgree(invoices, await notesOf(customer), host.simulator.books.transactions());
  }

  async function perform(act: Act, customer: string): Promise<void> {
    switch (act.act) {
      case 'issue':
        return issueOne(customer, act.amounts, act.isMapped ? 'pro' : `rare-${count}`);
      case 'void':
        return refusable(async () => host.lago.invoices.voidInvoice((await invoiceAt(customer, act.which)).lago_id));
      case 'loseDispute':
        return refusable(async () =>
          host.lago.invoices.loseDisputeInvoice((await invoiceAt(customer, act.which)).lago_id),
        );
      case 'credit':
      case 'creditAll': {
        const percent = act.act === 'credit' ? act.percent : 100;
        return refusable(async () => creditOf(await invoiceAt(customer, act.which), percent));
      }
      case 'voidNote':
        return refusable(async () => {
          const notes = await notesOf(customer);
          const note = notes[act.which % notes.length];
          if (note) await host.lago.creditNotes.voidCreditNote(note.lago_id);
        });
      case 'work':
        return void (await host.work());
      case 'freeze':
        return host.simulator.freeze({ before: '2100-01-01' });
      case 'unfreeze':
        return host.simulator.unfreeze();
      case 'fault':
        return host.simulator.faults.next('any', FAULTS[act.fault]);
    }
  }

  async function issueOne(external_customer_id: string, amounts: readonly number[], add_on_code: string) {
    const fees = amounts.map((unit_amount_cents) => ({ add_on_code, unit_amount_cents }));
    await host.lago.invoices.createInvoice({ invoice: { external_customer_id, fees } });
  }

  async function creditOf(invoice: Invoice, percent: number) {
    await host.creditNote(
      invoice,
      invoice.fees!.map((fee) => Math.ceil((fee.amount_cents * percent) / 100)),
    );
  }

  async function invoiceAt(external_customer_id: string, index: number): Promise<Invoice> {
    const { invoices } = (await host.lago.invoices.findAllInvoices({ external_customer_id })).data;
    return host.reload(invoices[index % invoices.length]!.lago_id);
  }

  async function notesOf(external_customer_id: string) {
    return (await host.lago.creditNotes.findAllCreditNotes({ external_customer_id })).data.credit_notes;
  }
});

/** What the host refuses, it refuses: nothing is to be told to Anrok of it. */
async function refusable(ask: () => Promise<unknown>): Promise<void> {
  await ask().catch((error: unknown) => {
    if (!(error instanceof Response) && (error as { status?: number }).status === undefined) throw error;
  });
}
