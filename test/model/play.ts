import { TaxSyncRecord } from '@anrok-nest/module';
import type { ModuleUnderTest } from '../support/module-under-test.js';
import { BillingModel, type ModelInvoice, type ModelNote } from './billing.model.js';
import { type Act, FAULTS } from './history.js';

/** Plays histories on a module: in its host as in the model, at its simulator, with its settings. */
export class Player {
  readonly model: BillingModel;

  private constructor(
    private readonly tested: ModuleUnderTest,
    name: string,
  ) {
    this.model = new BillingModel(name);
  }

  static async begin(tested: ModuleUnderTest, name: string): Promise<Player> {
    const player = new Player(tested, name);
    await player.link();
    await player.map('mapped', 'saas-business');
    return player;
  }

  async play(history: readonly Act[]): Promise<void> {
    for (const act of history) await this.perform(act);
  }

  /** All that was broken is mended, and time passes until nothing is due any more. */
  async settle(): Promise<void> {
    const { simulator, connections, worker, clock } = this.tested;
    simulator.faults.clear();
    this.model.findAddress();
    await this.changeCustomer();
    await this.map('unmapped', 'digital-goods');
    if (!this.model.isLinked) await this.link();
    await connections.test(await connections.byCode('anrok'));
    do clock.advance(90_000);
    while ((await worker.drain()) > 0);
  }

  private async perform(act: Act): Promise<void> {
    const { simulator, worker, clock, sync, host } = this.tested;
    const { model } = this;
    switch (act.act) {
      case 'issue':
        return this.putInvoice(model.issue(act.amounts, act.item, act.currency, act.isDraft));
      case 'correct':
        return this.withInvoice(act.which, (invoice) => model.correct(invoice, act.amounts));
      case 'finalize':
        return this.withInvoice(act.which, (invoice) => model.finalize(invoice));
      case 'void':
        return this.withInvoice(act.which, (invoice) => model.takeBack(invoice, 'voided'));
      case 'loseDispute':
        return this.withInvoice(act.which, (invoice) => model.takeBack(invoice, 'disputeLost'));
      case 'forget':
        return this.withInvoice(act.which, (invoice) => {
          if (invoice.lines.some((line) => line.credited > 0)) return false;
          invoice.standing = 'gone';
          host.remove(model.reference('invoice', invoice));
          return true;
        });
      case 'credit':
      case 'creditRest': {
        const invoice = pick(model.invoices, act.which);
        const note = invoice && model.credit(invoice, act.act === 'credit' ? act.share : 100);
        return note && this.putNote(note);
      }
      case 'voidCredit': {
        const note = pick(model.notes, act.which);
        return note && model.voidCredit(note) ? this.putNote(note) : undefined;
      }
      case 'askAgain': {
        const invoice = pick(model.invoices, act.which);
        return invoice && sync.request(model.reference('invoice', invoice));
      }
      case 'work':
        return void (await worker.drain());
      case 'wait':
        clock.advance(act.seconds * 1_000);
        return void (await worker.drain());
      case 'fault':
        return simulator.faults.next('any', FAULTS[act.fault], { times: act.times });
      case 'freeze':
        return simulator.freeze({ before: '2100-01-01' });
      case 'unfreeze':
        return simulator.unfreeze();
      case 'breakKey':
        return simulator.faults.always('any', { kind: 'status', status: 401 });
      case 'mendKey':
        simulator.faults.clear();
        return this.tested.connections.test(await this.tested.connections.byCode('anrok'));
      case 'mapItem':
        return this.map('unmapped', 'digital-goods');
      case 'remapItem':
        return this.map('mapped', 'saas-personal');
      case 'loseAddress':
        model.loseAddress();
        return this.changeCustomer();
      case 'move':
        model.move();
        return this.changeCustomer();
      case 'unlink':
        model.isLinked = false;
        return this.tested.links.unlink(model.customerId);
      case 'link':
        return this.link();
      case 'crash':
        return this.crash();
    }
  }

  /**
   * Takes the lease away while Anrok works on the first request of a round: to the database that is a process that died
   * before it could write anything down.
   */
  private async crash(): Promise<void> {
    const { simulator, worker, orm, clock } = this.tested;
    const held = simulator.faults.hold('any');
    const round = worker.drain();
    await Promise.race([held.arrived, round]);
    const em = orm.em.fork();
    for (const { id } of await em.find(TaxSyncRecord, { status: 'processing' }))
      await em.nativeUpdate(TaxSyncRecord, { id, status: 'processing' }, { leaseOwner: null });
    held.release();
    await round;
    clock.advance(61_000);
  }

  private async withInvoice(which: number, change: (invoice: ModelInvoice) => boolean): Promise<void> {
    const invoice = pick(this.model.invoices, which);
    if (invoice && change(invoice)) await this.putInvoice(invoice);
  }

  private async putInvoice(invoice: ModelInvoice): Promise<void> {
    const { standing } = invoice;
    if (standing !== 'gone') this.tested.host.put(this.model.toInvoice(invoice), standing);
    await this.tested.sync.request(this.model.reference('invoice', invoice));
  }

  private async putNote(note: ModelNote): Promise<void> {
    this.tested.host.put(this.model.toNote(note), note.isVoided ? 'voided' : 'final');
    await this.tested.sync.request(this.model.reference('credit_note', note));
  }

  /** Final documents that don't have the tax of what they are now show where their customer is by now. */
  private async changeCustomer(): Promise<void> {
    const { host, sync } = this.tested;
    for (const invoice of this.model.invoices) {
      const reference = this.model.reference('invoice', invoice);
      const isTaxed = host.taxesOf(reference)?.version === (await host.loadDocument(reference))?.version;
      if (invoice.standing === 'final' && !isTaxed) host.put(this.model.toInvoice(invoice), 'final');
    }
    await sync.changed({ kind: 'customer', customerId: this.model.customerId });
  }

  private async link(): Promise<void> {
    this.model.isLinked = true;
    await this.tested.links.link({ customerId: this.model.customerId, connectionCode: 'anrok' });
    // what the host has meanwhile, it asks for again: for a customer without a link nothing was noted down
    for (const invoice of this.model.invoices) await this.tested.sync.request(this.model.reference('invoice', invoice));
    for (const note of this.model.notes) await this.tested.sync.request(this.model.reference('credit_note', note));
  }

  private async map(item: string, productExternalId: string): Promise<void> {
    const itemId = this.model.itemId(item);
    await this.tested.mappings.upsert('anrok', { itemType: 'add_on', itemId, productExternalId });
  }
}

function pick<T>(all: readonly T[], which: number): T | undefined {
  return all[which % all.length];
}
