import { describe, expect, it } from '@jest/globals';
import { FlatRateTaxStrategy } from './flat-rate.tax-strategy.js';
import { NoTaxStrategy } from './no-tax.tax-strategy.js';
import { TaxStrategyRegistry } from './tax-strategy.registry.js';
import { aLine, anInvoice, describeTaxStrategy } from './testing/index.js';

const inProcess = (strategy: FlatRateTaxStrategy | NoTaxStrategy) => async () => ({
  strategy,
  settling: <T>(work: () => Promise<T>) => work(),
  close: async () => {},
});

describeTaxStrategy('FlatRateTaxStrategy', inProcess(new FlatRateTaxStrategy({ rate: '0.077' })));
describeTaxStrategy('FlatRateTaxStrategy at 0 %', inProcess(new FlatRateTaxStrategy({ rate: '0' })));
describeTaxStrategy('NoTaxStrategy', inProcess(new NoTaxStrategy()));

describe('FlatRateTaxStrategy', () => {
  it('rounds per line, halves up', async () => {
    const strategy = new FlatRateTaxStrategy({ rate: '0.05', taxName: 'GST', jurisdiction: 'Erewhon' });
    const { lines } = await strategy.estimate(anInvoice({ lines: [aLine({ amount: 50 })] }));
    expect(lines[0]).toMatchObject({
      taxAmountToCollect: 3,
      jurisdictions: [{ name: 'Erewhon', taxName: 'GST', rate: '0.05', exactTaxAmount: '2.5', treatment: 'collected' }],
    });
  });

  it('takes the tax out of a price that includes it', async () => {
    const strategy = new FlatRateTaxStrategy({ rate: '0.2' });
    const calculation = await strategy.estimate(anInvoice({ lines: [aLine({ amount: 12_000, taxIncluded: true })] }));
    expect(calculation).toMatchObject({
      preTaxAmount: 10_000,
      taxIncludedAmount: 2_000,
      taxAmountToCollect: 0,
      totalAmount: 12_000,
    });
  });

  it.each(['20', '-0.1', '20%', ''])('refuses the rate %j', (rate) => {
    expect(() => new FlatRateTaxStrategy({ rate })).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });
});

describe('TaxStrategyRegistry', () => {
  const onlyFor = (id: string) =>
    Object.assign(new NoTaxStrategy(), { appliesTo: async (customer: { id: string }) => customer.id === id });

  it('picks the first strategy that applies to the customer', async () => {
    const fallback = new FlatRateTaxStrategy({ rate: '0.1' });
    const special = onlyFor('cus-1');
    const registry = new TaxStrategyRegistry([special, fallback]);
    await expect(registry.for({ id: 'cus-1' })).resolves.toBe(special);
    await expect(registry.for({ id: 'cus-2' })).resolves.toBe(fallback);
  });

  it('picks the strategy that the customer has an account with, whomever it applies to', async () => {
    const nobodys = onlyFor('nobody');
    const registry = new TaxStrategyRegistry([new FlatRateTaxStrategy({ rate: '0.1' }), nobodys]);
    const withAccount = (strategy: string) => ({ id: 'cus-1', account: { strategy, code: 'main' } });
    await expect(registry.for(withAccount('no_tax'))).resolves.toBe(nobodys);
    await expect(registry.for(withAccount('gone'))).rejects.toMatchObject({ code: 'unknown_tax_strategy' });
  });

  it('refuses a customer to whom none applies, rather than taxing nothing', async () => {
    await expect(new TaxStrategyRegistry([onlyFor('cus-1')]).for({ id: 'cus-2' })).rejects.toMatchObject({
      code: 'no_tax_strategy',
    });
  });

  it('finds a strategy by its code, also one that applies to nobody', () => {
    const nobodys = onlyFor('nobody');
    const registry = new TaxStrategyRegistry([new FlatRateTaxStrategy({ rate: '0.1' }), nobodys]);
    expect(registry.named('no_tax')).toBe(nobodys);
    expect(() => registry.named('gone')).toThrow(expect.objectContaining({ code: 'unknown_tax_strategy' }));
  });
});
