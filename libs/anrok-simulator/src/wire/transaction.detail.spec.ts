import { describe, expect, it } from '@jest/globals';
import { aLine, aTransaction, BERLIN } from '../testing/document.builder.js';
import { clockAt, simulators, type SimulatorUnderTest } from '../testing/simulators.js';

const start = simulators();

interface ListAnswer {
  readonly transactions: readonly { readonly id: string; readonly type: string; readonly body?: unknown }[];
}
const list = async ({ post }: SimulatorUnderTest) => (await post<ListAnswer>('transactions/list')).body;
const recordAll = async (
  { post }: SimulatorUnderTest,
  ids: readonly string[],
  changes: Record<string, unknown> = {},
) => {
  for (const id of ids) await post('transactions/createOrUpdate', aTransaction(id, changes));
};

describe('a transaction in a list', () => {
  it('is shown in detail: dates, customer, lines, taxes per jurisdiction and authority', async () => {
    const simulator = await start({ clock: clockAt('2026-03-20T08:00:00Z') });
    await recordAll(simulator, ['inv-1'], {
      customerId: 'cus-1',
      customerName: 'Acme Inc',
      customerAddress: { country: 'US', region: 'TX', city: 'Austin' },
      lineItems: [aLine({ quantity: '3' }), aLine({ id: 'line-2', productExternalId: 'professional-services' })],
    });
    const { transactions } = await list(simulator);
    const due = (exclusive: string) => ({ inclusive: '0', exclusive, total: exclusive });
    const untaxed = { nonTaxableAmount: '10000', exemptions: [], taxableAmount: '0', rate: null };
    expect(transactions).toEqual([
      {
        type: 'normal',
        id: 'inv-1',
        anrokCreatedTime: '2026-03-20T08:00:00.000Z',
        anrokModifiedTime: '2026-03-20T08:00:00.000Z',
        sourceBillingSystem: null,
        body: {
          accountingDate: '2026-03-15',
          taxDate: '2026-03-15',
          currencyCode: 'USD',
          customer: { id: 'cus-1', name: 'Acme Inc' },
          addresses: [{ address: { country: 'US', line1: null, city: 'Austin', region: 'TX', postalCode: null } }],
          inputAmount: 20_000,
          preTaxAmount: '20000',
          taxAmountDue: due('660'),
          taxAmountAdded: { expected: 660, seen: 660 },
          invoiceTotalAmountExpected: 20_660,
          jurisSummaries: [
            {
              id: 'us-TX',
              name: 'Texas',
              preTaxAmount: '20000',
              taxAmountDue: due('660'),
              taxIdValidation: { processedTaxIds: [] },
            },
          ],
          lineItems: [
            {
              id: 'line-1',
              product: {
                internalId: 'spsaas-business',
                externalId: 'saas-business',
                name: 'Software as a service, for businesses',
                productTaxCategory: {
                  type: 'standard',
                  id: 'saasBusiness',
                  name: 'Software as a service, for businesses',
                },
              },
              quantity: '3',
              unitPrice: null,
              inputAmount: 10_000,
              preTaxAmount: '10000',
              taxAmountDue: due('660'),
              jurises: [
                {
                  id: 'us-TX',
                  name: 'Texas',
                  calc: {
                    isRemitting: true,
                    taxes: [
                      {
                        id: '',
                        name: 'Texas',
                        nonTaxableAmount: '2000',
                        exemptions: [],
                        taxableAmount: '8000',
                        rate: '0.0625',
                        taxAmount: { inclusive: '0', exclusive: '500' },
                      },
                      {
                        id: '4805000',
                        name: 'Austin',
                        nonTaxableAmount: '2000',
                        exemptions: [],
                        taxableAmount: '8000',
                        rate: '0.02',
                        taxAmount: { inclusive: '0', exclusive: '160' },
                      },
                    ],
                  },
                },
              ],
            },
            expect.objectContaining({
              id: 'line-2',
              taxAmountDue: due('0'),
              jurises: [
                {
                  id: 'us-TX',
                  name: 'Texas',
                  calc: {
                    isRemitting: true,
                    taxes: [{ id: '', name: 'Texas', ...untaxed, taxAmount: { inclusive: '0', exclusive: '0' } }],
                  },
                },
              ],
            }),
          ],
        },
      },
    ]);
  });

  it('shows what the tax would be where the seller is not registered', async () => {
    const simulator = await start();
    await recordAll(simulator, ['inv-1'], { customerAddress: { country: 'US', region: 'FL' } });
    const { transactions } = await list(simulator);
    expect(transactions[0]?.body).toMatchObject({
      taxAmountDue: { total: '0' },
      lineItems: [
        {
          jurises: [
            { calc: { isRemitting: false, taxesIfWereRemitting: [{ rate: '0.06', taxAmount: { exclusive: '600' } }] } },
          ],
        },
      ],
    });
  });

  it('shows exemptions with their reason, and which tax ids held', async () => {
    const simulator = await start();
    const customerTaxIds = ['DE123456789', 'FR1'].map((value) => ({ type: 'euVrn', value }));
    await recordAll(simulator, ['inv-1'], { customerAddress: BERLIN, customerTaxIds });
    const { transactions } = await list(simulator);
    expect(transactions[0]?.body).toMatchObject({
      customer: null,
      jurisSummaries: [
        {
          id: 'eu-oss',
          taxIdValidation: {
            processedTaxIds: [
              { taxId: 'DE123456789', isValid: true },
              { taxId: 'FR1', isValid: false },
            ],
          },
        },
      ],
      lineItems: [
        {
          jurises: [
            {
              calc: {
                taxes: [
                  { id: 'DE', nonTaxableAmount: '0', exemptions: [{ reason: 'reverseCharge', amount: '10000' }] },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  it('shows tax that is in the price as inclusive', async () => {
    const simulator = await start();
    await recordAll(simulator, ['inv-1'], {
      customerAddress: BERLIN,
      lineItems: [aLine({ amount: 11_900, isTaxIncludedInAmount: true }), aLine()],
    });
    const { transactions } = await list(simulator);
    expect(transactions[0]?.body).toMatchObject({
      inputAmount: 21_900,
      preTaxAmount: '20000',
      taxAmountDue: { inclusive: '1900', exclusive: '1900', total: '3800' },
      taxAmountAdded: { expected: 1_900, seen: 1_900 },
      invoiceTotalAmountExpected: 23_800,
    });
  });

  it('shows a void transaction without its body, and a negation with the other sign', async () => {
    const simulator = await start();
    await recordAll(simulator, ['inv-1', 'inv-2']);
    await simulator.post('transactions/id:inv-1/void');
    await simulator.post('transactions/createNegation', { originalTransactionId: 'inv-2', newTransactionId: 'neg' });
    const { transactions } = await list(simulator);
    expect(transactions.map(({ id, type, body }) => [id, type, body === undefined])).toEqual([
      ['inv-2', 'normal', false],
      ['inv-1', 'void', true],
      ['neg', 'normal', false],
    ]);
    expect(transactions[2]?.body).toMatchObject({ inputAmount: -10_000, taxAmountDue: { total: '-481' } });
  });
});
