import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Address, TaxDocument } from '@anrok-nest/tax';
import { aLine, anInvoice, expectToAddUp } from '@anrok-nest/tax/testing';
import fc from 'fast-check';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

describe('usage at other amounts than those that Anrok was asked about', () => {
  let tested: ModuleUnderTest;
  beforeAll(async () => {
    tested = await startModule();
  });
  afterAll(() => tested.close());

  const usage = (document: TaxDocument) => tested.strategy.estimate(document, { purpose: 'usage' });
  const now = (document: TaxDocument) => tested.strategy.estimate(document);

  const us = (region: string, city: string, postalCode: string): Address => ({
    line1: '1 Main St',
    city,
    region,
    postalCode,
    country: 'US',
  });
  const places: Address[] = [
    us('CO', 'Denver', '80204'),
    us('NY', 'New York', '10001'),
    us('TX', 'Austin', '78701'),
    us('TX', 'Houston', '77002'),
    us('WA', 'Seattle', '98101'),
    us('IL', 'Chicago', '60601'),
    us('AL', 'Birmingham', '35203'),
    us('AK', 'Juneau', '99801'),
    us('IA', 'Des Moines', '50309'),
    us('FL', 'Miami', '33101'),
    { country: 'CA', region: 'QC' },
    { country: 'CA', region: 'ON' },
    { country: 'FR' },
    { country: 'DE' },
    { country: 'CH' },
  ];
  const items = ['saas-business', 'digital-goods', 'saas-personal', 'not-taxable'];
  const amount = fc.oneof(fc.integer({ min: -100_000_000, max: 100_000_000 }), fc.integer({ min: -999, max: 999 }));
  const line = fc.record({
    item: fc.constantFrom(...items),
    taxIncluded: fc.boolean(),
    before: amount,
    after: amount,
  });
  const sale = fc.record({
    place: fc.constantFrom(...places),
    taxIds: fc.constantFrom([], [], ['FR40303265045']),
    currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  });

  it('is taxed to the cent as the simulator would answer itself, wherever, in whatever currency, of any sign', async () => {
    for (const item of items)
      await tested.mappings.upsert('anrok', { itemType: 'metric', itemId: item, productExternalId: item });
    const { customer } = anInvoice();
    let estimated = 0;
    await fc.assert(
      fc.asyncProperty(sale, async ({ place, taxIds, currency, lines }) => {
        const at = (when: 'before' | 'after') =>
          anInvoice({
            currency,
            customer: { ...customer, billingAddress: place, taxIds },
            lines: lines.map(({ item, taxIncluded, [when]: amount }, index) =>
              aLine({ id: `l${index}`, item: { type: 'metric', id: item }, amount, taxIncluded }),
            ),
          });
        await usage(at('before'));
        const { accuracy, ...answer } = await usage(at('after'));
        if (accuracy === 'estimated') estimated++;
        expectToAddUp(at('after'), { ...answer, accuracy }, 'anrok');
        expect({ ...answer, accuracy: 'exact' }).toEqual(await now(at('after')));
      }),
      { numRuns: 150 },
    );
    expect(estimated).toBeGreaterThan(75);
  });

  it('is not guessed: after an answer over cents, the rates are asked for once there are dollars', async () => {
    tested.simulator.calls.clear();
    const over = (amount: number) => anInvoice({ currency: 'GBP', lines: [aLine({ amount })] });
    expect(await usage(over(5))).toMatchObject({ taxAmountToCollect: 0, accuracy: 'exact' });
    expect(await usage(over(7))).toMatchObject({ taxAmountToCollect: 0, accuracy: 'estimated' });
    expect(await usage(over(10_000))).toMatchObject({ taxAmountToCollect: 481, accuracy: 'exact' });
    expect(await usage(over(30_000))).toMatchObject({ taxAmountToCollect: 1_443, accuracy: 'estimated' });
    expect(tested.simulator.calls.of('transactions.createEphemeral').length).toBe(2);
  });
});
