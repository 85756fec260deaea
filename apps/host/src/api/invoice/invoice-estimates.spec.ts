import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fee, Invoice } from '../../billing/index.js';
import { API_KEY, startHost, type TestHost } from '../testing/host.starter.js';
import { invoice, stock } from '../testing/invoicing.js';
import { ScriptedTaxStrategy } from '../testing/scripted.tax-strategy.js';

describe('the estimate of a one-off invoice', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy] });
    await stock(host);
  });
  afterAll(() => host.close());

  /** The official client doesn't know it. */
  const estimate = async (given: object) => {
    const answer = await fetch(`${host.url}/invoices/estimate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ invoice: { external_customer_id: 'acme', ...given } }),
    });
    const body = (await answer.json()) as { invoice: Awaited<ReturnType<typeof invoice>> };
    return { status: answer.status, body };
  };
  const everything = () => host.inContext(async (em) => [await em.count(Invoice), await em.count(Fee)]);

  it('is what would be issued, with its taxes, and leaves nothing behind', async () => {
    const fees = [{ units: '2', description: 'Twice' }, { unit_amount_cents: 333 }].map((fee) => ({
      add_on_code: 'setup',
      ...fee,
    }));
    const before = await everything();
    const { status, body } = await estimate({ fees });
    expect(status).toBe(200);
    expect(strategy.purposes).toEqual(['one_off']);
    expect(strategy.settled).toEqual([]);
    expect(await everything()).toEqual(before);

    strategy.settles();
    const issued = await invoice(host, fees);
    const unlike = { lago_id: null, number: null, sequential_id: null, created_at: null, updated_at: null };
    const without = (tax: object) => ({ ...tax, lago_id: null, created_at: null, lago_fee_id: null });
    expect(body.invoice).toEqual({
      ...issued,
      ...unlike,
      status: 'draft',
      fees: issued.fees?.map((fee) => ({
        ...fee,
        lago_id: null,
        lago_invoice_id: null,
        created_at: null,
        applied_taxes: fee.applied_taxes?.map(without),
      })),
      applied_taxes: issued.applied_taxes?.map((tax) => ({
        ...tax,
        lago_id: null,
        created_at: null,
        lago_invoice_id: null,
      })),
    });
  });

  it('gives the same add-on twice each its own taxes', async () => {
    const fees = [
      { add_on_code: 'setup', unit_amount_cents: 1_000 },
      { add_on_code: 'setup', unit_amount_cents: 1_100, tax_included: true },
      { add_on_code: 'setup', unit_amount_cents: 0 },
    ];
    const { body } = await estimate({ fees });
    expect(body.invoice.fees?.map((fee) => [fee.amount_cents, fee.taxes_amount_cents])).toEqual([
      [1_000, 100],
      [1_100, 0],
      [0, 0],
    ]);
    expect(body.invoice).toMatchObject({ taxes_amount_cents: 100, included_taxes_amount_cents: 100 });
  });

  it.each<[object, number, object]>([
    [{ external_customer_id: 'gone', fees: [{ add_on_code: 'setup' }] }, 404, { code: 'customer_not_found' }],
    [{ fees: [{ add_on_code: 'gone' }] }, 404, { code: 'add_on_not_found' }],
    [{ fees: [] }, 404, { code: 'fees_not_found' }],
    [{ currency: 'EUR', fees: [{ add_on_code: 'setup' }] }, 422, { code: 'validation_errors' }],
    [{ fees: [{ add_on_code: 'setup', units: '-1' }] }, 422, { error_details: { 'fees[0].units': expect.anything() } }],
  ])('of %j is refused as the invoice would be', async (given, status, body) => {
    expect(await estimate(given)).toMatchObject({ status, body });
  });

  it('is an error, not zero tax, when there is no answer', async () => {
    strategy.refusesToEstimate();
    expect(await estimate({ fees: [{ add_on_code: 'setup' }] })).toMatchObject({
      status: 422,
      body: { error_details: { tax_error: [expect.stringContaining('address_not_found')] } },
    });
  });
});
