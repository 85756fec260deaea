import type { TaxCalculation } from '@anrok-nest/tax';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../../api/testing/host.starter.js';
import { invoice, reload, stock } from '../../api/testing/invoicing.js';
import { ScriptedTaxStrategy } from '../../api/testing/scripted.tax-strategy.js';
import { Customer } from '../customer/customer.entity.js';
import type { InvoiceTaxProblem } from '../invoice/invoice-error-detail.js';
import { DocumentTaxes } from './document-taxes.js';

const problem = (next: InvoiceTaxProblem['next'], changes: Partial<InvoiceTaxProblem> = {}): InvoiceTaxProblem => ({
  code: 'product_unknown',
  message: 'The product "setup-1" is unknown.',
  remedy: 'Map the add-on "setup" to a product that exists.',
  retry: 'after-fix',
  details: { productExternalId: 'setup-1' },
  next,
  ...changes,
});

const key = (id: string) => ({ kind: 'invoice' as const, id });

describe('DocumentTaxes of invoices', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  let taxes: DocumentTaxes;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy] });
    taxes = host.app.get(DocumentTaxes, { strict: false });
    await stock(host);
  });
  afterAll(() => host.close());

  const load = (id: string) => host.inContext(() => taxes.load(key(id)));
  const apply = (id: string, calculation: TaxCalculation, version: string) =>
    host.inContext(() => taxes.apply(key(id), calculation, version));
  const fail = (id: string, because: InvoiceTaxProblem) => host.inContext(() => taxes.fail(key(id), because));
  const moveTo = (city: string) =>
    host.lago.customers.createCustomer({ customer: { external_id: 'acme', city } }).then(() => undefined);
  const pending = async (fees?: object[]) => {
    const { lago_id: id } = await invoice(host, fees);
    const { document, version } = (await load(id))!;
    return { id, document, version, calculation: await strategy.estimate(document) };
  };
  const show = (id: string) => reload(host, { lago_id: id });

  it('finalizes a pending invoice with exactly the totals of the calculation', async () => {
    const { id, version, calculation } = await pending([{ units: '0.333' }, { tax_included: true, units: '0.1' }]);
    expect(await apply(id, calculation, version)).toBe('applied');
    const applied = await show(id);
    expect(applied).toMatchObject({
      status: 'finalized',
      fees_amount_cents: 4_330,
      sub_total_excluding_taxes_amount_cents: calculation.preTaxAmount,
      taxes_amount_cents: calculation.taxAmountToCollect,
      included_taxes_amount_cents: calculation.taxIncludedAmount,
      sub_total_including_taxes_amount_cents: calculation.totalAmount,
      total_amount_cents: calculation.totalAmount,
    });
    expect(applied.fees_amount_cents + applied.taxes_amount_cents).toBe(applied.total_amount_cents);
  });

  it('changes nothing when the same taxes are applied again', async () => {
    const { id, version, calculation } = await pending([{}, { tax_included: true }]);
    await apply(id, calculation, version);
    const once = await show(id);
    expect(await apply(id, structuredClone(calculation), version)).toBe('applied');
    expect(await show(id)).toEqual(once);
  });

  it('replaces the taxes of a finalized invoice when the authorities were told others', async () => {
    const { id, version, calculation } = await pending();
    await apply(id, calculation, version);
    const [line] = calculation.lines;
    const exempt: TaxCalculation = {
      ...calculation,
      taxAmountToCollect: 0,
      totalAmount: 10_000,
      lines: [
        {
          ...line!,
          taxAmountToCollect: 0,
          jurisdictions: [
            {
              ...line!.jurisdictions[0]!,
              taxName: '',
              rate: '0',
              taxableAmount: '0',
              exactTaxAmount: '0',
              taxAmount: 0,
              treatment: 'notTaxed',
              notTaxedReason: 'customerExempt',
            },
          ],
        },
      ],
    };
    expect(await apply(id, exempt, version)).toBe('applied');
    const after = await show(id);
    const taxed = { tax_code: 'customer_exempt', tax_name: 'Customer exempt', not_taxed_reason: 'customerExempt' };
    expect(after).toMatchObject({ taxes_amount_cents: 0, total_amount_cents: 10_000, applied_taxes: [taxed] });
    expect(after.fees).toMatchObject([{ applied_taxes: [taxed] }]);
    expect(after.applied_taxes).toHaveLength(1);
    expect(after.fees![0]!.applied_taxes).toHaveLength(1);
  });

  it('finds taxes stale when the customer has moved meanwhile', async () => {
    const { id, version, calculation } = await pending();
    await moveTo('Boulder');
    expect(await apply(id, calculation, version)).toBe('stale');
    expect(await show(id)).toMatchObject({ status: 'pending', taxes_amount_cents: 0, applied_taxes: [] });
    const now = (await load(id))!;
    expect(now.document.customer.billingAddress?.city).toBe('Boulder');
    expect(await apply(id, calculation, now.version)).toBe('applied');
  });

  it('lets a finalized invoice be where its customer was when it was taxed', async () => {
    const { id, version, calculation, document } = await pending();
    await apply(id, calculation, version);
    await moveTo('Aspen');
    const booked = { number: expect.any(String), taxAmount: 1_000, totalAmount: 11_000 };
    expect(await load(id)).toEqual({ document, version, standing: 'final', taxStrategy: 'scripted', booked });
    expect(await apply(id, calculation, version)).toBe('applied');
  });

  it('sees what others changed, also in a context that has read the invoice before', async () => {
    const { id } = await pending();
    await host.inContext(async (em) => {
      const before = (await taxes.load(key(id)))!;
      await moveTo('Golden');
      const after = (await taxes.load(key(id)))!;
      expect(after.document.customer.billingAddress?.city).toBe('Golden');
      expect(after.version).not.toBe(before.version);
      expect(em.isInTransaction()).toBe(false);
    });
  });

  it('joins the transaction of its caller', async () => {
    const { id, version, calculation } = await pending();
    const rolledBack = host.inContext((em) =>
      em.transactional(async () => {
        expect(await taxes.apply(key(id), calculation, version)).toBe('applied');
        await em.nativeUpdate(Customer, { externalId: 'acme' }, { phone: '1' });
        throw new Error('the caller changed its mind');
      }),
    );
    await expect(rolledBack).rejects.toThrow('changed its mind');
    expect(await show(id)).toMatchObject({ status: 'pending', customer: { phone: null } });
  });

  it('refuses taxes of other lines, and leaves the invoice as it was', async () => {
    const { id, version, calculation } = await pending();
    const [line] = calculation.lines;
    const wrong = [
      { ...calculation, lines: [] },
      { ...calculation, lines: [{ ...line!, id: 'other' }] },
      { ...calculation, lines: [line!, { ...line!, id: 'other' }] },
      { ...calculation, currency: 'EUR' },
    ];
    for (const calculation of wrong)
      await expect(apply(id, calculation, version)).rejects.toMatchObject({ code: 'taxes_do_not_fit' });
    expect(await show(id)).toMatchObject({ status: 'pending', applied_taxes: [] });
  });

  it('does not know invoices that are not there', async () => {
    const { calculation, version } = await pending();
    for (const id of ['nonsense', '00000000-0000-0000-0000-000000000000']) {
      expect(await load(id)).toBeNull();
      expect(await apply(id, calculation, version)).toBe('stale');
      await expect(fail(id, problem('failed'))).resolves.toBeUndefined();
    }
  });

  it.each([
    ['retrying', 'pending'],
    ['waiting', 'failed'],
    ['failed', 'failed'],
  ] as const)('shows a problem of which the next is "%s" on a %s invoice', async (next, status) => {
    const { id } = await pending();
    const retryAt = new Date('2026-03-15T12:00:30Z');
    await fail(id, problem(next, next === 'retrying' ? { retryAt } : {}));
    expect(await show(id)).toMatchObject({
      status,
      taxes_amount_cents: 0,
      error_details: [
        {
          error_code: 'tax_error',
          details: {
            tax_error: 'product_unknown',
            tax_error_message: 'The product "setup-1" is unknown.',
            remedy: 'Map the add-on "setup" to a product that exists.',
            next,
            productExternalId: 'setup-1',
            ...(next === 'retrying' && { retry_at: '2026-03-15T12:00:30.000Z' }),
          },
        },
      ],
    });
  });

  it('shows the latest problem only', async () => {
    const { id } = await pending();
    await fail(id, problem('waiting'));
    await fail(id, problem('retrying', { code: 'timeout' }));
    expect(await show(id)).toMatchObject({ status: 'pending', error_details: [{ details: { tax_error: 'timeout' } }] });
  });

  it('finalizes a failed invoice for which taxes arrive', async () => {
    const { id, version, calculation } = await pending();
    await fail(id, problem('waiting'));
    expect(await apply(id, calculation, version)).toBe('applied');
    expect(await show(id)).toMatchObject({ status: 'finalized', error_details: [] });
  });

  it('never takes a finalized invoice back', async () => {
    const { id, version, calculation } = await pending();
    await apply(id, calculation, version);
    const before = await show(id);
    for (const next of ['retrying', 'waiting', 'failed'] as const) await fail(id, problem(next));
    expect(await show(id)).toEqual(before);
  });

  describe('that counts no more', () => {
    const finalized = async () => {
      const { id, version, calculation } = await pending();
      await apply(id, calculation, version);
      return { id, version, calculation };
    };
    const settled = (id: string) => host.inContext(() => taxes.settled(key(id)));
    const takeBack = {
      voided: (id: string) => host.lago.invoices.voidInvoice(id),
      disputeLost: (id: string) => host.lago.invoices.loseDisputeInvoice(id),
    };

    it.each(['voided', 'disputeLost'] as const)(
      'because it is %s shows what keeps that from being filed',
      async (standing) => {
        const { id, version } = await finalized();
        await takeBack[standing](id);
        expect(await load(id)).toMatchObject({ standing, version });
        const before = await show(id);
        await fail(id, problem('retrying', { code: 'timeout' }));
        await fail(id, problem('failed'));
        expect(await show(id)).toEqual({
          ...before,
          updated_at: expect.any(String),
          error_details: [
            {
              lago_id: expect.any(String),
              error_code: 'tax_voiding_error',
              details: {
                tax_voiding_error: 'product_unknown',
                tax_voiding_error_message: 'The product "setup-1" is unknown.',
                remedy: 'Map the add-on "setup" to a product that exists.',
                next: 'failed',
                productExternalId: 'setup-1',
              },
            },
          ],
        });
        await settled(id);
        expect(await show(id)).toEqual({ ...before, updated_at: expect.any(String) });
      },
    );

    it('stays voided when taxes that were on their way arrive', async () => {
      const { id, version, calculation } = await finalized();
      await takeBack.voided(id);
      expect(await apply(id, { ...calculation, strategy: 'other' }, version)).toBe('applied');
      expect(await show(id)).toMatchObject({ status: 'voided', taxes_amount_cents: 1_000 });
    });
  });

  it('keeps showing why an invoice that counts has no tax', async () => {
    const { id } = await pending();
    await fail(id, problem('waiting'));
    const failed = await show(id);
    await host.inContext(() => taxes.settled(key(id)));
    expect(await show(id)).toEqual(failed);
  });

  it('gives a version that only the content of the document decides', async () => {
    const first = await pending();
    expect((await load(first.id))!.version).toBe(first.version);
    expect((await pending()).version).not.toBe(first.version);
  });
});
