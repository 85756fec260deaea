import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerCertificateService } from '@anrok-nest/module';
import { aLine } from '@anrok-nest/tax/testing';
import { creditedInvoice, CreditNotes } from '../support/credit-notes.js';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('a credit note that does not fit its invoice', () => {
  let tested: ModuleUnderTest;
  let notes: CreditNotes;
  beforeEach(async () => {
    tested = await startModule();
    notes = new CreditNotes(tested);
  });
  afterEach(() => tested.close());

  it('is refused in another currency than its invoice’s', async () => {
    await tested.finalize(creditedInvoice());
    await notes.issue('cn-1', 5_000, { currency: 'EUR' });
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'invalid_tax_document' });
    expect(notes.booked('cn-1')).toBeUndefined();
  });

  it('is tax-inclusive where its invoice is, whatever it says itself', async () => {
    await tested.finalize(creditedInvoice([aLine({ amount: 9_999, taxIncluded: true })]));
    await notes.issue('cn-1', 9_999);
    expect(notes.booked('cn-1')?.lines).toMatchObject([{ amount: -9_999, taxIncluded: true }]);
    expect(notes.net()).toBe(0);
  });

  it('that credits a line twice is refused before Anrok hears of it', async () => {
    await tested.finalize(creditedInvoice());
    const line = aLine({ id: 'a', amount: -3_000, creditedLineId: 'line-1' });
    await notes.issue('cn-1', 0, { lines: [line, { ...line, id: 'b', amount: -5_000 }] });
    expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'failed', problemCode: 'invalid_tax_document' });
    expect(notes.booked('cn-1')).toBeUndefined();
  });

  describe('whose customer was exempted by a certificate', () => {
    const exempt = () =>
      tested.app.get(CustomerCertificateService).create({
        customerId: 'cus-1',
        customerName: 'Acme Inc',
        file: { name: 'certificate.pdf', contents: Buffer.from('resells everything') },
        effectiveFrom: '2026-01-01',
        jurisdictions: [{ id: 'us-CO' }],
      });
    const archive = (id: string) => tested.app.get(CustomerCertificateService).archive('cus-1', id);

    it.each([9_999, 5_000])(
      'after the invoice waits to give back the tax on %i, and goes on once the certificate is archived',
      async (amount) => {
        await tested.finalize(creditedInvoice());
        const { id } = await exempt();
        const reference = await notes.issue('cn-1', amount);
        expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'waiting', problemCode: 'credit_tax_differs' });
        expect(tested.host.problemOf(reference)?.message).toContain('would compute a tax of 0');
        expect(notes.booked('cn-1')).toBeUndefined();
        await archive(id);
        await tested.worker.drain();
        expect(await notes.statusOf('cn-1')).toBe('synced');
        expect(notes.net()).toBe(notes.charged() + notes.taxOf('cn-1')!);
        expect(notes.taxOf('cn-1')).toBeLessThan(0);
      },
    );

    it.each([9_999, 5_000])('before the invoice only gives back no tax on %i that was not charged', async (amount) => {
      const { id } = await exempt();
      await tested.finalize(creditedInvoice());
      await archive(id);
      await notes.issue('cn-1', amount);
      expect(await tested.recordOf('cn-1')).toMatchObject({ status: 'waiting', problemCode: 'credit_tax_differs' });
      expect(notes.net()).toBe(0);
    });

    it('stays as it was recorded when nothing else about it changes', async () => {
      await tested.finalize(creditedInvoice());
      await notes.issue('cn-1', 5_000);
      const given = notes.taxOf('cn-1');
      await exempt();
      await notes.issue('cn-1', 5_000);
      expect(await notes.statusOf('cn-1')).toBe('synced');
      expect(notes.taxOf('cn-1')).toBe(given);
    });
  });
});
