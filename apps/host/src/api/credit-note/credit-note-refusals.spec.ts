import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusalOf } from '../testing/lago-refusal.js';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { creditOf, invoice, stock } from '../testing/invoicing.js';

type CreditNoteFields = Awaited<ReturnType<typeof creditOf>>;

describe('credit notes', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost();
    await stock(host);
  });
  afterAll(() => host.close());

  const create = async (fields: object) =>
    (await host.lago.creditNotes.createCreditNote({ credit_note: fields as CreditNoteFields })).data.credit_note;
  const estimate = async (fields: object) =>
    (await host.lago.creditNotes.estimateCreditNote({ credit_note: fields as CreditNoteFields })).data
      .estimated_credit_note;
  const find = async ({ lago_id }: { lago_id: string }) =>
    (await host.lago.creditNotes.findCreditNote(lago_id)).data.credit_note;
  const voidNote = async ({ lago_id }: { lago_id: string }) =>
    (await host.lago.creditNotes.voidCreditNote(lago_id)).data.credit_note;

  it.each([
    [{ credit_amount_cents: 109 }, { base: ['does_not_match_item_amounts'] }],
    [{ credit_amount_cents: 111 }, { base: ['does_not_match_item_amounts'] }],
    [{ refund_amount_cents: 1 }, { base: ['does_not_match_item_amounts'] }],
    [{ credit_amount_cents: null }, { base: ['does_not_match_item_amounts'] }],
    [{ credit_amount_cents: -1 }, { credit_amount_cents: ['value_is_out_of_range'] }],
    [{ refund_amount_cents: 1.5 }, { refund_amount_cents: ['value_is_invalid'] }],
    [{ reason: 'whim' }, { reason: ['value_is_invalid'] }],
    [{ items: undefined }, { items: ['value_is_invalid'] }],
    [{ items: [] }, { items: ['value_is_mandatory'] }],
    [{ items: [1] }, { items: ['value_is_invalid'] }],
    [{ items: [{ amount_cents: 1 }] }, { 'items[0].fee_id': ['value_is_mandatory'] }],
  ])('refuse %j', async (wrong, error_details) => {
    const fields = await creditOf(host, await invoice(host), [100]);
    expect(await refusalOf(create({ ...fields, ...wrong }))).toEqual({
      status: 422,
      error: 'Unprocessable Entity',
      code: 'validation_errors',
      error_details,
    });
  });

  it.each([
    [0, 'value_is_out_of_range'],
    [-5, 'value_is_out_of_range'],
    [10_001, 'higher_than_remaining_fee_amount'],
    [0.5, 'value_is_invalid'],
    [2 ** 53, 'value_is_out_of_range'],
    [undefined, 'value_is_invalid'],
  ])('refuse to take %s of a fee of 10000', async (amount_cents, problem) => {
    const { lago_id, fees } = await invoice(host);
    const fields = { invoice_id: lago_id, items: [{ fee_id: fees![0]!.lago_id, amount_cents }] };
    const refusal = { status: 422, error_details: { 'items[0].amount_cents': [problem] } };
    expect(await refusalOf(create(fields))).toMatchObject(refusal);
    expect(await refusalOf(estimate(fields))).toMatchObject(refusal);
  });

  it('are of finalized invoices only', async () => {
    const issued = await invoice(host);
    const fields = await creditOf(host, issued);
    await host.lago.invoices.voidInvoice(issued.lago_id);
    const refusal = { status: 405, error: 'Method Not Allowed', code: 'invalid_type_or_status' };
    expect(await refusalOf(create(fields))).toEqual(refusal);
    expect(await refusalOf(estimate(fields))).toEqual(refusal);
  });

  it('are of fees of their invoice only', async () => {
    const [one, other] = [await invoice(host), await invoice(host)];
    const fields = { ...(await creditOf(host, one)), items: (await creditOf(host, other)).items };
    expect(await refusalOf(create(fields))).toEqual({ status: 404, error: 'Not Found', code: 'fee_not_found' });
  });

  it.each(['nonsense', '00000000-0000-0000-0000-000000000000'])('are not found by the id %s', async (id) => {
    const fields = { ...(await creditOf(host, await invoice(host))), invoice_id: id };
    expect(await refusalOf(create(fields))).toMatchObject({ status: 404, code: 'invoice_not_found' });
    expect(await refusalOf(estimate(fields))).toMatchObject({ status: 404, code: 'invoice_not_found' });
    expect(await refusalOf(find({ lago_id: id }))).toMatchObject({ status: 404, code: 'credit_note_not_found' });
    expect(await refusalOf(voidNote({ lago_id: id }))).toMatchObject({ status: 404, code: 'credit_note_not_found' });
  });
});
