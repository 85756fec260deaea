import { describe, expect, it } from '@jest/globals';
import { aDocument, aLine, aTransaction, BERLIN, DENVER, NEW_YORK } from '../testing/document.builder.js';
import { clockAt, simulators } from '../testing/simulators.js';
import type { CalculationAnswer } from '../wire/transaction.answer.js';

const start = simulators();

describe('createEphemeral', () => {
  it('taxes three items in Denver to the digit: taxed, tax included, not taxable', async () => {
    const product = (externalId: string, id: string) => ({
      externalId,
      taxCategoryId: { type: 'standard', id } as const,
    });
    const { post } = await start({
      products: [product('pro', 'saasBusiness'), product('team', 'saasPersonal'), product('gift', 'notTaxable')],
    });
    const { status, body } = await post('transactions/createEphemeral', {
      currencyCode: 'usd',
      accountingTime: '2022-01-02T03:30:00Z',
      accountingTimeZone: 'UTC',
      lineItems: [
        { id: 'item-1', productExternalId: 'pro', amount: 15_000, isTaxIncludedInAmount: false, quantity: '1' },
        { id: 'item-2', productExternalId: 'team', amount: 31_000, isTaxIncludedInAmount: true, quantity: '12.3' },
        { id: 'item-3', productExternalId: 'gift', amount: 24_000 },
      ],
      customerAddress: DENVER,
      shipFromAddress: { country: 'us', line1: '230 S LaSalle St', city: 'Chicago', region: 'IL', postalCode: '60604' },
    });
    const colorado = { name: 'Colorado', taxes: null, notTaxedReason: { type: 'productNotTaxed' } };
    const denver = (taxableAmount: string, taxAmount: string) => ({
      name: 'Denver (local)',
      taxes: [{ taxName: 'Tax', taxableAmount, taxAmount, taxRate: '0.0481' }],
      notTaxedReason: null,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      taxAmountToCollect: 722,
      lineItems: [
        { id: 'item-1', taxAmountToCollect: 722, preTaxAmount: '15000', jurises: [colorado, denver('15000', '721.5')] },
        {
          id: 'item-2',
          taxAmountToCollect: 0,
          preTaxAmount: '29577.3304',
          jurises: [colorado, denver('29577.3304', '1422.6696')],
        },
        { id: 'item-3', taxAmountToCollect: 0, preTaxAmount: '24000', jurises: [colorado] },
      ],
      preTaxAmount: '68577.3304',
      jurisSummaries: [
        { name: 'Colorado', notTaxedReasons: [{ type: 'productNotTaxed' }] },
        { name: 'Denver (local)', notTaxedReasons: null },
      ],
    });
  });

  it('returns lines in order, and null for an id that was not given', async () => {
    const { post } = await start();
    const lineItems = [aLine({ id: 'b' }), aLine({ id: undefined }), aLine({ id: 'a' }), aLine({ id: 'b' })];
    const { body } = await post<CalculationAnswer>('transactions/createEphemeral', aDocument({ lineItems }));
    expect(body.lineItems.map(({ id }) => id)).toEqual(['b', null, 'a', 'b']);
  });

  it('creates no customer, and needs none where a name is given', async () => {
    const { post, books } = await start();
    const body = aDocument({ customerId: 'cus-1', customerName: 'Acme Inc' });
    expect(await post('transactions/createEphemeral', body)).toMatchObject({ status: 200 });
    expect(books.customers()).toEqual([]);
  });

  it('takes the tax off a business of the country with its VAT number', async () => {
    const { post } = await start();
    const customerTaxIds = [{ type: 'euVrn', value: 'DE 123 456 789' }];
    const { body } = await post('transactions/createEphemeral', aDocument({ customerAddress: BERLIN, customerTaxIds }));
    const notTaxedReason = { type: 'exempt', reason: { type: 'reverseCharge' } };
    expect(body).toMatchObject({
      taxAmountToCollect: 0,
      lineItems: [{ jurises: [{ name: 'Germany', taxes: null, notTaxedReason }] }],
      jurisSummaries: [{ name: 'Germany', notTaxedReasons: [notTaxedReason] }],
    });
  });

  it('takes the rates of the tax date, not of the accounting date', async () => {
    const { post } = await start();
    const estonia = aDocument({ customerAddress: { country: 'EE' }, accountingDate: '2025-08-01' });
    const now = await post('transactions/createEphemeral', estonia);
    const before = await post('transactions/createEphemeral', { ...estonia, taxDate: '2023-12-31' });
    expect([now.body, before.body]).toMatchObject([{ taxAmountToCollect: 2_400 }, { taxAmountToCollect: 2_000 }]);
  });

  it('takes the date that the time has in its zone, or in the account’s', async () => {
    const { post } = await start({ accountingTimeZone: 'America/New_York' });
    const estonia = { ...aDocument({ customerAddress: { country: 'EE' } }), accountingDate: undefined };
    const midnight = { ...estonia, accountingTime: '2024-01-01T00:30:00Z' };
    const inNewYork = await post('transactions/createEphemeral', midnight);
    const inBerlin = await post('transactions/createEphemeral', { ...midnight, accountingTimeZone: 'Europe/Berlin' });
    expect([inNewYork.body, inBerlin.body]).toMatchObject([
      { taxAmountToCollect: 2_000 },
      { taxAmountToCollect: 2_200 },
    ]);
  });
});

describe('createOrUpdate', () => {
  it('answers as createEphemeral does, and the version', async () => {
    const { post, books } = await start();
    const ephemeral = await post<object>('transactions/createEphemeral', aDocument());
    const recorded = await post('transactions/createOrUpdate', aTransaction('inv-1'));
    expect(recorded.body).toEqual({ version: 1, ...ephemeral.body });
    expect(books.transaction('inv-1')?.answer).toEqual(recorded.body);
  });

  it('keeps everything that an assertion may ask for', async () => {
    const { post, books } = await start({ clock: clockAt('2026-03-20T08:00:00Z') });
    const document = aTransaction('stripe:in_1', {
      customerId: 'cus-1',
      customerName: 'Acme Inc',
      customerTaxIds: [{ type: 'genericVatNumber', value: 'X1' }],
      taxDate: '2026-03-01',
      currencyCode: 'usd',
    });
    await post('transactions/createOrUpdate', document);
    expect(books.transactions()).toMatchObject([
      {
        id: 'stripe:in_1',
        version: 1,
        state: 'normal',
        frozen: false,
        currency: 'USD',
        customerId: 'cus-1',
        customerName: 'Acme Inc',
        accountingDate: '2026-03-15',
        taxDate: '2026-03-01',
        address: { ...DENVER },
        taxIds: ['X1'],
        lines: [{ id: 'line-1', productExternalId: 'saas-business', amount: 10_000, taxAmountToCollect: 481 }],
        taxAmountToCollect: 481,
        createdTime: '2026-03-20T08:00:00.000Z',
        modifiedTime: '2026-03-20T08:00:00.000Z',
      },
    ]);
    expect(books.customers()).toEqual([{ id: 'cus-1', name: 'Acme Inc' }]);
  });

  it('replaces the transaction of that id: one in the books, with the new tax', async () => {
    const { post, books } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    const { body } = await post('transactions/createOrUpdate', aTransaction('inv-1', { customerAddress: NEW_YORK }));
    expect(body).toMatchObject({ version: 2, taxAmountToCollect: 888 });
    expect(books.transactions()).toHaveLength(1);
    expect(books.netTaxOf(['inv-1'])).toBe(888);
  });

  it('renames a known customer, and knows it without a name from then on', async () => {
    const { post, books } = await start();
    await post('transactions/createOrUpdate', aTransaction('inv-1', { customerId: 'cus-1', customerName: 'Acme' }));
    await post('transactions/createOrUpdate', aTransaction('inv-2', { customerId: 'cus-1', customerName: 'Acme Inc' }));
    expect(await post('transactions/createOrUpdate', aTransaction('inv-3', { customerId: 'cus-1' }))).toMatchObject({
      status: 200,
    });
    expect(books.customers()).toEqual([{ id: 'cus-1', name: 'Acme Inc' }]);
  });

  it('that is refused creates no customer', async () => {
    const { post, books } = await start();
    const customer = { customerId: 'cus-1', customerName: 'Acme Inc' };
    await post(
      'transactions/createOrUpdate',
      aTransaction('inv-1', { ...customer, customerAddress: { country: 'US' } }),
    );
    expect(books.customers()).toEqual([]);
  });

  it.each([
    ['newVersion', 2],
    ['sameVersion', 1],
  ] as const)('of unchanged content, read as %s, answers version %i', async (unchangedUpdate, version) => {
    const { post } = await start({ assumptions: { unchangedUpdate } });
    await post('transactions/createOrUpdate', aTransaction('inv-1'));
    expect((await post('transactions/createOrUpdate', aTransaction('inv-1'))).body).toMatchObject({ version });
    expect(
      (await post('transactions/createOrUpdate', aTransaction('inv-1', { taxDate: '2026-01-01' }))).body,
    ).toMatchObject({
      version: version + 1,
    });
  });
});
