import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordDetailsReadModel, whoFixes } from '@anrok-nest/module';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('a sync record in full', () => {
  let tested: ModuleUnderTest;
  beforeEach(async () => {
    tested = await startModule();
  });
  afterEach(() => tested.close());

  const detailsOf = async (documentId: string) =>
    tested.app.get(RecordDetailsReadModel).of((await tested.recordOf(documentId)).id);
  const creditNote = (id: string, amount: number) =>
    anInvoice({
      kind: 'credit_note',
      id,
      creditedInvoiceId: 'inv-1',
      lines: [aLine({ id: `${id}-line`, amount: -amount, creditedLineId: 'line-1' })],
    });

  it('shows the taxes per line and jurisdiction, to the cent those that the document got', async () => {
    const lines = [aLine({ amount: 9_999 }), aLine({ id: 'zero', amount: 0 }), aLine({ id: 'in', amount: 5_000 })];
    const reference = await tested.finalize(anInvoice({ lines }));
    const { taxes, record } = await detailsOf('inv-1');
    const { calculation } = tested.host.taxesOf(reference)!;
    expect(taxes).toMatchObject({
      currency: 'USD',
      taxAmountToCollect: record.taxAmount,
      lines: calculation.lines
        .filter(({ amount }) => amount !== 0)
        .map((line) => ({ ...line, productExternalId: 'saas-business' })),
    });
    expect(taxes?.lines.flatMap(({ jurisdictions }) => jurisdictions).length).toBeGreaterThan(0);
  });

  it('says why a jurisdiction does not tax', async () => {
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'setup', productExternalId: 'not-taxable' });
    await tested.finalize(anInvoice());
    const { taxes } = await detailsOf('inv-1');
    expect(taxes?.lines[0]?.jurisdictions).toContainEqual(
      expect.objectContaining({ treatment: 'notTaxed', notTaxedReason: expect.any(String) }),
    );
  });

  it('shows an invoice with its credit notes, each with its invoice, and what is left of the tax', async () => {
    await tested.finalize(anInvoice({ lines: [aLine({ amount: 10_000 })] }));
    await tested.finalize(creditNote('cn-1', 4_000));
    await tested.finalize(creditNote('cn-2', 1_000));
    const books = tested.simulator.books.netTaxOf(() => true);
    const invoice = await detailsOf('inv-1');
    expect(invoice.related.map(({ record }) => record.documentId)).toEqual(['cn-1', 'cn-2']);
    for (const { countedTaxAmount } of invoice.related) expect(countedTaxAmount).toBeLessThan(0);
    expect(invoice.netTaxAmount).toBe(books);
    const note = await detailsOf('cn-2');
    expect(note.related.map(({ record }) => record.documentId)).toEqual(['inv-1', 'cn-1']);
    expect(note.netTaxAmount).toBe(books);
    expect(note.taxes?.taxAmountToCollect).toBe(note.record.taxAmount);
  });

  it('counts nothing of what is void', async () => {
    const reference = await tested.finalize(anInvoice());
    tested.host.put(anInvoice(), 'voided');
    await tested.sync.request(reference);
    await tested.worker.drain();
    expect(await detailsOf('inv-1')).toMatchObject({
      taxes: undefined,
      netTaxAmount: 0,
      transactions: [{ held: { state: 'voided' } }],
    });
  });

  it('says what it waits for, and who can make the change', async () => {
    await tested.finalize(anInvoice({ lines: [aLine({ item: { type: 'add_on', id: 'other' } })] }));
    const { record, waits } = await detailsOf('inv-1');
    expect(waits).toEqual([{ kind: 'item_mapping', itemType: 'add_on', itemId: 'other' }]);
    expect(whoFixes(record.problemCode!, record.status)).toBe('mappings');
    await tested.mappings.upsert('anrok', { itemType: 'add_on', itemId: 'other', productExternalId: 'saas-business' });
    await tested.worker.drain();
    expect(await detailsOf('inv-1')).toMatchObject({ waits: [], record: { status: 'synced' } });
  });

  it('tells the causes of a code apart by where the document stands', () => {
    expect(whoFixes('credit_exceeds_invoice', 'retrying')).toBe('nobody');
    expect(whoFixes('credit_exceeds_invoice', 'failed')).toBe('finance');
    expect(whoFixes('of_a_later_version', 'failed')).toBeUndefined();
  });
});
