import type { HostProcess } from '../support/host-process.js';
import { creditOf } from '../../apps/host/src/api/testing/invoicing.js';
import type { StoryAct } from './fault-plan.js';
import type { Fleet } from './fleet.js';
import { insist, tell } from './told-write.js';

type Lago = HostProcess['lago'];
export type Invoice = Awaited<ReturnType<Lago['invoices']['findInvoice']>>['data']['invoice'];
export type CreditNote = Awaited<ReturnType<Lago['creditNotes']['findCreditNote']>>['data']['credit_note'] & {
  readonly status?: string;
};

const ADDRESSES = [
  { address_line1: '1450 Cherokee St', city: 'Denver', state: 'CO', zipcode: '80204', country: 'US' },
  { address_line1: '350 5th Ave', city: 'New York', state: 'NY', zipcode: '10118', country: 'US' },
  { address_line1: 'Unter den Linden 1', city: 'Berlin', state: null, zipcode: '10117', country: 'DE' },
];
const NOWHERE = { address_line1: null, city: null, state: null, zipcode: null, country: null };

/** What was asked for and never answered: it may have happened, and may yet. */
interface Open {
  readonly customer: string;
  readonly amount: number;
}

/**
 * Tells one story at whichever host lives, and remembers what it was promised. A write whose answer got lost is looked
 * for; where it is not to be found it may still come, and is kept in mind until the end.
 */
export class Storyteller {
  readonly customers: string[] = [];
  /** Fees by id, as promised. */
  readonly invoices = new Map<string, number>();
  readonly notes = new Map<string, number>();
  readonly openInvoices: Open[] = [];
  readonly openNotes: Open[] = [];
  /** What was promised to have been taken back, by id. */
  readonly takenBack = new Map<string, 'voided' | 'disputed'>();
  lostAnswers = 0;
  private place = 0;
  private turn: number;

  constructor(
    private readonly fleet: Fleet,
    private readonly number: number,
    private readonly journal: (sentence: string) => void,
  ) {
    this.turn = number;
  }

  /** Until the story or the time is over. */
  async tell(story: readonly StoryAct[], isOver: () => boolean): Promise<void> {
    await this.nextCustomer();
    for (const act of story) {
      if (isOver()) return;
      await this.perform(act);
    }
  }

  /** Everybody has an address in the end. */
  async settle(): Promise<void> {
    for (const customer of this.customers) await this.describe(customer, this.address());
  }

  async poison(kind: string): Promise<void> {
    const customer = `poison-${kind}-${this.number}`;
    await this.describe(customer, ADDRESSES[0]!);
    this.customers.push(customer);
    while ((await this.readInvoices(customer)).length === 0) await this.issue(customer, [1_000], 'pro');
  }

  /** All there is of its customers, as the host has it now. */
  async readInvoices(customer: string): Promise<readonly Invoice[]> {
    return this.insist(async ({ lago }) => {
      const { data } = await lago.invoices.findAllInvoices({
        external_customer_id: customer,
        per_page: 1_000,
      });
      return data.invoices;
    });
  }

  async readNotes(customer: string): Promise<readonly CreditNote[]> {
    return this.insist(async ({ lago }) => {
      const { data } = await lago.creditNotes.findAllCreditNotes({ external_customer_id: customer, per_page: 1_000 });
      return data.credit_notes;
    });
  }

  private get customer(): string {
    return this.customers.findLast((one) => !one.startsWith('poison'))!;
  }

  private address() {
    return ADDRESSES[this.place % ADDRESSES.length]!;
  }

  private async perform(act: StoryAct): Promise<void> {
    switch (act.act) {
      case 'issue':
        return this.issue(this.customer, act.amounts, act.isMapped ? 'pro' : 'rare');
      case 'void':
        return this.takeBack(act.which, 'voided', ({ lago }, id) => lago.invoices.voidInvoice(id));
      case 'loseDispute':
        return this.takeBack(act.which, 'disputed', ({ lago }, id) => lago.invoices.loseDisputeInvoice(id));
      case 'credit':
        return this.credit(act.which, act.percent);
      case 'creditAll':
        return this.credit(act.which, 100);
      case 'voidNote':
        return this.voidNote(act.which);
      case 'loseAddress':
        return this.describe(this.customer, NOWHERE);
      case 'move':
        this.place += 1;
        return this.describe(this.customer, this.address());
      case 'nextCustomer':
        // a customer with some history is left in the state that it is in
        if ((await this.readInvoices(this.customer)).length >= 5) await this.nextCustomer();
        return undefined;
    }
  }

  private async nextCustomer(): Promise<void> {
    const customer = `customer-${this.number}-${this.customers.length + 1}`;
    await this.describe(customer, this.address());
    this.customers.push(customer);
  }

  private async describe(external_id: string, address: object): Promise<void> {
    const integration_customers = [{ integration_type: 'anrok', integration_code: 'anrok', sync_with_provider: true }];
    const customer = { external_id, name: external_id, currency: 'USD', integration_customers, ...address };
    await this.insist(({ lago }) => lago.customers.createCustomer({ customer: customer as never }));
  }

  private async issue(customer: string, amounts: readonly number[], add_on_code: string): Promise<void> {
    const fees = amounts.map((unit_amount_cents) => ({ add_on_code, unit_amount_cents }));
    const told = await this.told(({ lago }) =>
      lago.invoices.createInvoice({ invoice: { external_customer_id: customer, fees } }),
    );
    const amount = amounts.reduce((sum, one) => sum + one, 0);
    if (told.became === 'refused') throw new Error('The host refused an invoice.');
    if (told.became === 'done') this.promised(this.invoices, told.answer.data.invoice.lago_id, amount);
    else {
      const found = (await this.readInvoices(customer)).find(
        (one) => !this.invoices.has(one.lago_id) && one.fees_amount_cents === amount,
      );
      if (found) this.promised(this.invoices, found.lago_id, amount);
      else this.openInvoices.push({ customer, amount });
    }
  }

  private async credit(which: number, percent: number): Promise<void> {
    const invoice = await this.invoiceAt(which);
    if (!invoice) return;
    const amounts = invoice.fees!.map((fee) => Math.ceil((fee.amount_cents * percent) / 100));
    const asked = await this.told((host) => creditOf(host, invoice, amounts));
    if (asked.became !== 'done') return;
    const told = await this.told(({ lago }) => lago.creditNotes.createCreditNote({ credit_note: asked.answer }));
    if (told.became === 'refused') return;
    const { customer } = this;
    const amount = amounts.reduce((sum, one) => sum + one, 0);
    if (told.became === 'done') this.promised(this.notes, told.answer.data.credit_note.lago_id, amount);
    else {
      const found = (await this.readNotes(customer)).find(
        ({ lago_id, items }) =>
          !this.notes.has(lago_id) && items!.reduce((sum, item) => sum + item.amount_cents, 0) === amount,
      );
      if (found) this.promised(this.notes, found.lago_id, amount);
      else this.openNotes.push({ customer, amount });
    }
  }

  private async voidNote(which: number): Promise<void> {
    const notes = await this.readNotes(this.customer);
    const note = notes[which % notes.length];
    if (!note) return;
    const told = await this.told(({ lago }) => lago.creditNotes.voidCreditNote(note.lago_id));
    if (told.became === 'done') this.promised(this.takenBack, note.lago_id, 'voided');
  }

  private async takeBack(
    which: number,
    as: 'voided' | 'disputed',
    ask: (host: HostProcess, id: string) => Promise<unknown>,
  ): Promise<void> {
    const invoice = await this.invoiceAt(which);
    if (!invoice) return;
    const told = await this.told((host) => ask(host, invoice.lago_id));
    if (told.became === 'done') this.promised(this.takenBack, invoice.lago_id, as);
  }

  private async invoiceAt(which: number): Promise<Invoice | undefined> {
    const invoices = await this.readInvoices(this.customer);
    const invoice = invoices[which % invoices.length];
    return invoice && this.insist(async ({ lago }) => (await lago.invoices.findInvoice(invoice.lago_id)).data.invoice);
  }

  private promised<Promised extends string | number>(promises: Map<string, Promised>, id: string, promised: Promised) {
    promises.set(id, promised);
    this.journal(`${this.number} was promised ${id}: ${promised}`);
  }

  private async told<T>(ask: (host: HostProcess) => Promise<T>) {
    const told = await tell(this.fleet, this.turn++, ask);
    if (told.became === 'unknown') this.lostAnswers += 1;
    return told;
  }

  private insist<T>(ask: (host: HostProcess) => Promise<T>): Promise<T> {
    return insist(this.fleet, this.turn++, ask);
  }
}
