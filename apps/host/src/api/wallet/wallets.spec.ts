import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHost, type TestHost } from '../testing/host.starter.js';
import { credit } from '../testing/invoicing.js';
import { refusalOf } from '../testing/lago-refusal.js';
import { ScriptedTaxStrategy } from '../testing/scripted.tax-strategy.js';
import { createWallet, findWallet, topUp, type TopUp, transactionsOf, type WalletFields } from '../testing/wallets.js';

const NOBODY = '00000000-0000-7000-8000-000000000000';
describe('wallets', () => {
  const strategy = new ScriptedTaxStrategy();
  let host: TestHost;
  let customers = 0;
  beforeAll(async () => {
    host = await startHost({ strategies: [strategy] });
  });
  beforeEach(() => {
    strategy.settles();
    strategy.estimates();
  });
  afterAll(() => host.close());

  const newCustomer = async () => {
    customers += 1;
    const external_id = `customer-${customers}`;
    await host.lago.customers.createCustomer({ customer: { external_id, currency: 'USD' } });
    return external_id;
  };
  const create = async (fields: WalletFields = {}) =>
    createWallet(host, { external_customer_id: fields.external_customer_id ?? (await newCustomer()), ...fields });
  const invoiceOf = async ({ lago_invoice_id }: { lago_invoice_id: string | null }) =>
    (await host.lago.invoices.findInvoice(lago_invoice_id!)).data.invoice;

  it('have what was granted from the start, without an invoice', async () => {
    const wallet = await create({ name: 'Prepaid', rate_amount: '0.5', granted_credits: '30.2' });
    expect(wallet).toMatchObject({
      name: 'Prepaid',
      status: 'active',
      currency: 'USD',
      rate_amount: '0.5',
      balance_cents: 1_510,
      credits_balance: '30.2',
      ongoing_balance_cents: 1_510,
      ongoing_usage_balance_cents: 0,
      last_balance_sync_at: null,
    });
    expect(await findWallet(host, wallet)).toEqual(wallet);
    const { data } = await host.lago.wallets.findAllWalletTransactions(wallet.lago_id);
    expect(data).toMatchObject({
      wallet_transactions: [
        {
          transaction_status: 'granted',
          status: 'settled',
          amount: '15.10',
          credit_amount: '30.2',
          lago_invoice_id: null,
        },
      ],
      meta: { total_count: 1 },
    });
  });

  it('are topped up by what is purchased, on an invoice that is settled as any other', async () => {
    const wallet = await create({ rate_amount: '2' });
    const [purchased, granted] = await topUp(host, wallet, { paid_credits: '10', granted_credits: '1', name: 'March' });
    expect(await invoiceOf(purchased!)).toMatchObject({
      invoice_type: 'credit',
      status: 'finalized',
      fees_amount_cents: 2_000,
      taxes_amount_cents: 200,
      fees: [
        {
          item: {
            type: 'credit',
            code: 'prepaid_credit',
            item_type: 'WalletTransaction',
            lago_item_id: purchased!.lago_id,
            invoice_display_name: 'March',
          },
          units: '10',
          precise_unit_amount: '2',
        },
      ],
    });
    expect(strategy.settled.at(-1)!.lines).toMatchObject([{ item: { type: 'prepaid_credit', id: 'prepaid_credit' } }]);
    expect(purchased).toMatchObject({
      status: 'settled',
      transaction_status: 'purchased',
      amount: '20.00',
      name: 'March',
    });
    expect(granted).toMatchObject({ status: 'settled', transaction_status: 'granted', lago_invoice_id: null });
    expect(await findWallet(host, wallet)).toMatchObject({ balance_cents: 2_200, credits_balance: '11' });
    const found = await host.lago.walletTransactions.findWalletTransaction(purchased!.lago_id);
    expect(found.data).toEqual({ wallet_transaction: purchased });
  });

  it('have what was purchased once its invoice is final, and as long as it counts', async () => {
    strategy.refuses();
    const wallet = await create({ paid_credits: '5' });
    const statusOf = async () => [
      (await transactionsOf(host, wallet))[0]!.status,
      (await findWallet(host, wallet)).balance_cents,
    ];
    expect(await statusOf()).toEqual(['pending', 0]);
    const [transaction] = await transactionsOf(host, wallet);
    strategy.settles();
    await host.lago.invoices.retryInvoice(transaction!.lago_invoice_id!);
    expect(await statusOf()).toEqual(['settled', 500]);
    await host.lago.invoices.voidInvoice(transaction!.lago_invoice_id!);
    expect(await statusOf()).toEqual(['failed', 0]);
  });

  it('lose what a credit note takes back of a purchase, as long as that and the invoice count', async () => {
    const wallet = await create({ paid_credits: '5', granted_credits: '1' });
    const balance = async () => (await findWallet(host, wallet)).balance_cents;
    const invoice = await invoiceOf((await transactionsOf(host, wallet))[0]!);
    const note = await credit(host, invoice, [200]);
    await credit(host, invoice, [100]);
    expect(await balance()).toBe(300);
    await host.lago.creditNotes.voidCreditNote(note.lago_id);
    expect(await balance()).toBe(500);
    await host.lago.invoices.voidInvoice(invoice.lago_id);
    expect(await balance()).toBe(100);
  });

  it('are one at a time for a customer, until they end or expire', async () => {
    const external_customer_id = await newCustomer();
    const first = await create({ external_customer_id, expiration_at: '2026-04-01T00:00:00Z' });
    const taken = { status: 422, error_details: { customer: ['wallet_already_exists'] } };
    expect(await refusalOf(create({ external_customer_id }))).toMatchObject(taken);
    host.clock.set('2026-04-01T00:00:00Z');
    expect(await findWallet(host, first)).toMatchObject({ status: 'terminated', terminated_at: null });
    const second = await create({ external_customer_id });
    expect(await refusalOf(create({ external_customer_id }))).toMatchObject(taken);
    const ended = (await host.lago.wallets.destroyWallet(second.lago_id)).data.wallet;
    expect(ended).toMatchObject({ status: 'terminated', terminated_at: '2026-04-01T00:00:00.000Z' });
    expect(await refusalOf(topUp(host, second, { granted_credits: '1' }))).toMatchObject({
      status: 422,
      error_details: { wallet_id: ['wallet_is_terminated'] },
    });
    await create({ external_customer_id });
    const { data } = await host.lago.wallets.findAllWallets({ external_customer_id });
    expect(data.wallets.map(({ status }) => status)).toEqual(['active', 'terminated', 'terminated']);
    host.clock.set('2026-03-15T12:00:00Z');
  });

  it('that are made at the same moment for a customer are one', async () => {
    const external_customer_id = await newCustomer();
    const made = await Promise.allSettled([1, 2, 3].map(() => create({ external_customer_id })));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('change their name and the day on which they expire', async () => {
    const wallet = await create({ name: 'Old' });
    const update = async (changes: object) =>
      (await host.lago.wallets.updateWallet(wallet.lago_id, { wallet: changes })).data.wallet;
    const expiration_at = '2026-05-01T00:00:00.000Z';
    expect(await update({ name: 'New', expiration_at })).toMatchObject({ name: 'New', expiration_at });
    expect(await update({ expiration_at: null })).toMatchObject({ name: 'New', expiration_at: null });
    expect(await refusalOf(update({ expiration_at: '2026-03-15T12:00:00Z' }))).toMatchObject({
      status: 422,
      error_details: { expiration_at: ['value_is_out_of_range'] },
    });
  });

  it.each<[object, object]>([
    [{ rate_amount: '0' }, { rate_amount: ['value_is_out_of_range'] }],
    [{ rate_amount: 'x' }, { rate_amount: ['value_is_invalid'] }],
    [{ currency: 'EUR' }, { currency: ['currencies_does_not_match'] }],
    [{ paid_credits: '-1' }, { paid_credits: ['value_is_out_of_range'] }],
    [{ granted_credits: '0.001' }, { granted_credits: ['value_is_out_of_range'] }],
    [{ granted_credits: '99999999999999' }, { granted_credits: ['value_is_out_of_range'] }],
    [{ expiration_at: '2026-03-14T00:00:00Z' }, { expiration_at: ['value_is_out_of_range'] }],
    // to take them and do nothing would be worse
    [{ recurring_transaction_rules: [{}] }, { recurring_transaction_rules: ['feature_not_available'] }],
  ])('with %j are refused', async (fields, error_details) => {
    expect(await refusalOf(create(fields))).toMatchObject({ status: 422, error_details });
  });

  it.each<[TopUp, object]>([
    [{}, { paid_credits: ['value_is_mandatory'] }],
    [{ paid_credits: '0' }, { paid_credits: ['value_is_mandatory'] }],
    [{ voided_credits: '1' }, { voided_credits: ['feature_not_available'] }],
  ])('are not topped up by %j', async (credits, error_details) => {
    expect(await refusalOf(topUp(host, await create(), credits))).toMatchObject({ status: 422, error_details });
  });

  it.each([NOBODY, 'no-uuid'])('are not found when there are none (%s)', async (lago_id) => {
    const missing = { status: 404, code: 'wallet_not_found' };
    const { wallets, walletTransactions } = host.lago;
    expect(await refusalOf(wallets.findWallet(lago_id))).toMatchObject(missing);
    expect(await refusalOf(wallets.destroyWallet(lago_id))).toMatchObject(missing);
    expect(await refusalOf(wallets.findAllWalletTransactions(lago_id))).toMatchObject(missing);
    expect(await refusalOf(topUp(host, { lago_id }, { granted_credits: '1' }))).toMatchObject(missing);
    expect(await refusalOf(walletTransactions.findWalletTransaction(lago_id))).toMatchObject({
      code: 'wallet_transaction_not_found',
    });
  });
});
