import type { DocumentStanding } from '@anrok-nest/module';
import { anInvoice } from '@anrok-nest/tax/testing';
import type { TaxDocument, TaxDocumentReference } from '@anrok-nest/tax';

interface Line {
  readonly id: string;
  readonly amount: number;
  readonly credited: number;
}

export interface ModelInvoice {
  readonly id: string;
  readonly item: string;
  readonly currency: string;
  lines: Line[];
  standing: DocumentStanding | 'gone';
}

export interface ModelNote {
  readonly id: string;
  readonly invoice: ModelInvoice;
  readonly amounts: ReadonlyMap<string, number>;
  isVoided: boolean;
}

const ADDRESSES = [
  { line1: '1450 Cherokee St', city: 'Denver', region: 'CO', postalCode: '80204', country: 'US' },
  { line1: '350 5th Ave', city: 'New York', region: 'NY', postalCode: '10118', country: 'US' },
  { line1: 'Unter den Linden 1', city: 'Berlin', postalCode: '10117', country: 'DE' },
];

/** What a sound billing system would hold of one customer: the truth that the books at Anrok are measured by. */
export class BillingModel {
  readonly invoices: ModelInvoice[] = [];
  readonly notes: ModelNote[] = [];
  private place = 0;
  private hasAddress = true;
  isLinked = true;

  constructor(private readonly name: string) {}

  get customerId(): string {
    return `cus-${this.name}`;
  }

  itemId(item: string): string {
    return `${item}-${this.name}`;
  }

  issue(amounts: readonly number[], item: string, currency: string, isDraft: boolean): ModelInvoice {
    const invoice: ModelInvoice = {
      id: `inv-${this.name}-${this.invoices.length + 1}`,
      item,
      currency,
      lines: toLines(amounts),
      standing: isDraft ? 'draft' : 'final',
    };
    this.invoices.push(invoice);
    return invoice;
  }

  /** Only while nothing of it is credited: a sound system corrects no invoice below its credits. */
  correct(invoice: ModelInvoice, amounts: readonly number[]): boolean {
    const isOpen = invoice.standing === 'draft' || invoice.standing === 'final';
    if (!isOpen || invoice.lines.some((line) => line.credited > 0)) return false;
    invoice.lines = toLines(amounts);
    return true;
  }

  finalize(invoice: ModelInvoice): boolean {
    if (invoice.standing !== 'draft') return false;
    invoice.standing = 'final';
    return true;
  }

  /** A draft can't be: it was never issued. */
  takeBack(invoice: ModelInvoice, standing: 'voided' | 'disputeLost'): boolean {
    if (invoice.standing === 'gone' || invoice.standing === 'draft') return false;
    invoice.standing = standing;
    return true;
  }

  /** @param share of what is left of each line, in percent */
  credit(invoice: ModelInvoice, share: number): ModelNote | undefined {
    if (invoice.standing !== 'final') return undefined;
    const amounts = new Map(
      invoice.lines.flatMap(({ id, amount, credited }) => {
        const part = Math.ceil(((amount - credited) * share) / 100);
        return part > 0 ? [[id, part] as const] : [];
      }),
    );
    if (amounts.size === 0) return undefined;
    const note = { id: `cn-${this.name}-${this.notes.length + 1}`, invoice, amounts, isVoided: false };
    this.addCredit(note, 1);
    this.notes.push(note);
    return note;
  }

  voidCredit(note: ModelNote): boolean {
    if (note.isVoided) return false;
    note.isVoided = true;
    this.addCredit(note, -1);
    return true;
  }

  move(): void {
    this.place += 1;
    this.hasAddress = true;
  }

  loseAddress(): void {
    this.hasAddress = false;
  }

  findAddress(): void {
    this.hasAddress = true;
  }

  toInvoice(invoice: ModelInvoice): TaxDocument {
    return anInvoice({
      id: invoice.id,
      currency: invoice.currency,
      customer: this.customer(),
      lines: invoice.lines.map(({ id, amount }) => ({ ...this.line(invoice), id, amount })),
    });
  }

  toNote({ id, invoice, amounts }: ModelNote): TaxDocument {
    return anInvoice({
      kind: 'credit_note',
      id,
      currency: invoice.currency,
      creditedInvoiceId: invoice.id,
      taxDate: anInvoice().accountingDate,
      customer: this.customer(),
      lines: [...amounts].map(([creditedLineId, amount]) => ({
        ...this.line(invoice),
        id: `${id}-${creditedLineId}`,
        creditedLineId,
        amount: -amount,
      })),
    });
  }

  reference(kind: TaxDocumentReference['kind'], { id }: { readonly id: string }): TaxDocumentReference {
    return { kind, id, customerId: this.customerId };
  }

  private line({ item }: ModelInvoice) {
    return { item: { type: 'add_on', id: this.itemId(item) }, taxIncluded: false };
  }

  private customer() {
    return {
      id: this.customerId,
      name: 'Acme Inc',
      taxIds: [],
      ...(this.hasAddress && { billingAddress: ADDRESSES[this.place % ADDRESSES.length]! }),
    };
  }

  private addCredit({ invoice, amounts }: ModelNote, sign: 1 | -1): void {
    invoice.lines = invoice.lines.map((line) => ({
      ...line,
      credited: line.credited + sign * (amounts.get(line.id) ?? 0),
    }));
  }
}

function toLines(amounts: readonly number[]): Line[] {
  return amounts.map((amount, index) => ({ id: `line-${index + 1}`, amount, credited: 0 }));
}
