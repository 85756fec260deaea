import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { credit, invoice, stock } from '../../api/testing/invoicing.js';
import { ScriptedTaxStrategy } from '../../api/testing/scripted.tax-strategy.js';
import { Invoice } from '../invoice/invoice.entity.js';
import { DocumentTaxes } from './document-taxes.js';

describe('the list of documents that a strategy taxes', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy] });
    await stock(host);
  });
  afterAll(() => host.close());

  const listed = (kind: 'invoice' | 'credit_note', taxStrategy: string) =>
    host.inContext(async () => {
      const found = await host.app.get(DocumentTaxes, { strict: false }).list(kind, { taxStrategy, limit: 1_000 });
      return found.map(({ id }) => id);
    });
  const pending = async () => {
    strategy.accepts();
    return (await invoice(host)).lago_id;
  };
  const taxed = async () => {
    strategy.settles();
    return invoice(host);
  };

  it('has the invoices that are in force and not taxed by another', async () => {
    const [untaxed, settled, draft, voided] = [
      await pending(),
      (await taxed()).lago_id,
      await pending(),
      await pending(),
    ];
    await host.inContext(async (em) => {
      await em.nativeUpdate(Invoice, { id: draft }, { status: 'draft' });
      await em.nativeUpdate(Invoice, { id: voided }, { status: 'voided' });
    });
    expect(await listed('invoice', strategy.code)).toEqual([untaxed, settled]);
    expect(await listed('invoice', 'another')).toEqual([untaxed]);
  });

  it('has the credit notes that are in force, of invoices that it taxed', async () => {
    const { lago_id, ...issued } = await taxed();
    const [kept, voided] = [
      await credit(host, { lago_id, ...issued }, [400]),
      await credit(host, { lago_id, ...issued }, [100]),
    ];
    await host.lago.creditNotes.voidCreditNote(voided.lago_id);
    expect(await listed('credit_note', strategy.code)).toEqual([kept.lago_id]);
    expect(await listed('credit_note', 'another')).toEqual([]);
  });
});
