import { describe, expect, it } from '@jest/globals';
import { aLineToTax, AUSTIN, BIRMINGHAM, circumstancesAt, HOUSTON, JUNEAU, NEW_YORK } from '../testing/line.builder.js';
import { taxToCollect, toCalculationAnswer } from '../wire/transaction.answer.js';
import type { Address } from './address.resolution.js';
import { rates } from './jurisdiction.js';
import type { ProductTaxCategoryId } from './product-tax-category.js';
import { type Circumstances, taxLine } from './tax-engine.js';

/** Name, rate, taxable amount and tax of each jurisdiction, or the reason against it. */
const verdictsAt = (place: Partial<Address>, line = aLineToTax(), changes: Partial<Circumstances> = {}) =>
  taxLine(line, circumstancesAt(place, changes)).jurisdictions.map(({ name, notTaxedReason, tax }) =>
    notTaxedReason
      ? [name, notTaxedReason.reason?.type ?? notTaxedReason.type]
      : [name, tax?.taxName, tax?.taxRate, tax?.taxableAmount, tax?.taxAmount],
  );
const toCollectAt = (place: Partial<Address>, line = aLineToTax(), changes: Partial<Circumstances> = {}) =>
  taxLine(line, circumstancesAt(place, changes)).taxAmountToCollect;

describe('the tax on USD 100.00 of software', () => {
  it.each<[string, Partial<Address>, unknown[][], number]>([
    ['the state of Massachusetts only', { region: 'MA' }, [['Massachusetts', 'Tax', '0.0625', '10000', '625']], 625],
    [
      'three authorities in New York City',
      NEW_YORK,
      [
        ['New York', 'Tax', '0.04', '10000', '400'],
        ['New York City', 'Tax', '0.045', '10000', '450'],
        ['Metropolitan Commuter Transportation District', 'Tax', '0.00375', '10000', '37.5'],
      ],
      888,
    ],
    [
      'state and city in Austin, on 80 % of the price',
      AUSTIN,
      [
        ['Texas', 'Tax', '0.0625', '8000', '500'],
        ['Austin', 'Tax', '0.02', '8000', '160'],
      ],
      660,
    ],
    [
      'parts of the price of different size in Houston',
      HOUSTON,
      [
        ['Texas', 'Tax', '0.0625', '8000', '500'],
        ['Houston', 'Tax', '0.01', '8000', '80'],
        ['Houston Metropolitan Transit Authority', 'Tax', '0.01', '10000', '100'],
      ],
      680,
    ],
    [
      'in Seattle',
      { region: 'WA', city: 'Seattle' },
      [
        ['Washington', 'Tax', '0.065', '10000', '650'],
        ['Seattle', 'Tax', '0.0385', '10000', '385'],
      ],
      1_035,
    ],
    ['nothing in California, where it is no good', { region: 'CA' }, [['California', 'productNotTaxed']], 0],
    ['nothing in Oregon, which has no tax', { region: 'OR' }, [['Oregon', 'jurisHasNoTax']], 0],
    ['nothing in Florida, where the seller is not registered', { region: 'FL' }, [['Florida', 'notCollecting']], 0],
    ['nothing for a business in Iowa', { region: 'IA' }, [['Iowa', 'transactionExempt']], 0],
    [
      'only the state in Birmingham, whose city the seller pays',
      BIRMINGHAM,
      [
        ['Alabama', 'Tax', '0.04', '10000', '400'],
        ['Birmingham (local)', 'Tax', '0.04', '10000', '400'],
      ],
      400,
    ],
    [
      'nothing in Juneau, though it is due',
      JUNEAU,
      [
        ['Alaska', 'jurisHasNoTax'],
        ['Juneau (local)', 'Tax', '0.05', '10000', '500'],
      ],
      0,
    ],
    [
      'the harmonized tax in Ontario',
      { country: 'CA', region: 'ON' },
      [['Canada (federal)', 'HST', '0.13', '10000', '1300']],
      1_300,
    ],
    [
      'two taxes in Quebec',
      { country: 'CA', region: 'QC' },
      [
        ['Canada (federal)', 'GST', '0.05', '10000', '500'],
        ['Quebec', 'QST', '0.09975', '10000', '997.5'],
      ],
      1_498,
    ],
    [
      'two taxes in British Columbia',
      { country: 'CA', region: 'BC' },
      [
        ['Canada (federal)', 'GST', '0.05', '10000', '500'],
        ['British Columbia', 'PST', '0.07', '10000', '700'],
      ],
      1_200,
    ],
    ['one tax in Alberta', { country: 'CA', region: 'AB' }, [['Canada (federal)', 'GST', '0.05', '10000', '500']], 500],
    ['in Germany', { country: 'DE' }, [['Germany', 'VAT', '0.19', '10000', '1900']], 1_900],
    ['in Finland', { country: 'FI' }, [['Finland', 'VAT', '0.255', '10000', '2550']], 2_550],
    ['in the United Kingdom', { country: 'UK' }, [['United Kingdom', 'VAT', '0.2', '10000', '2000']], 2_000],
    ['in Australia', { country: 'AU' }, [['Australia', 'GST', '0.1', '10000', '1000']], 1_000],
    ['in Switzerland', { country: 'CH' }, [['Switzerland', 'VAT', '0.081', '10000', '810']], 810],
    ['in Norway', { country: 'NO' }, [['Norway', 'VAT', '0.25', '10000', '2500']], 2_500],
    ['in Japan', { country: 'JP' }, [['Japan', 'JCT', '0.1', '10000', '1000']], 1_000],
    ['in Singapore', { country: 'SG' }, [['Singapore', 'GST', '0.09', '10000', '900']], 900],
    ['in India', { country: 'IN' }, [['India', 'GST', '0.18', '10000', '1800']], 1_800],
    ['nothing in Brazil', { country: 'BR' }, [['Brazil', 'notCollecting']], 0],
  ])('is %s', (_, place, verdicts, toCollect) => {
    expect(verdictsAt(place)).toEqual(verdicts);
    expect(toCollectAt(place)).toBe(toCollect);
  });

  it.each<[string, Partial<Address>, string, string]>([
    ['Estonia', { country: 'EE' }, '2023-12-31', '0.2'],
    ['Estonia', { country: 'EE' }, '2024-01-01', '0.22'],
    ['Estonia', { country: 'EE' }, '2025-06-30', '0.22'],
    ['Estonia', { country: 'EE' }, '2025-07-01', '0.24'],
    ['Slovakia', { country: 'SK' }, '2024-12-31', '0.2'],
    ['Slovakia', { country: 'SK' }, '2025-01-01', '0.23'],
    ['Louisiana', { region: 'LA' }, '2024-12-31', '0.0445'],
    ['Louisiana', { region: 'LA' }, '2025-01-01', '0.05'],
  ])('in %s (%j) on %s is at %s', (name, place, taxDate, rate) => {
    expect(verdictsAt(place, aLineToTax(), { taxDate })).toEqual([
      [name, expect.any(String), rate, '10000', expect.anything()],
    ]);
  });
});

describe('the kind of product', () => {
  it.each<[ProductTaxCategoryId, number, number, number, number]>([
    // New York City, Colorado with Denver, California, Germany
    ['saasBusiness', 888, 481, 0, 1_900],
    ['saasPersonal', 888, 481, 0, 1_900],
    ['digitalGoods', 888, 771, 725, 1_900],
    ['physicalGoods', 888, 771, 725, 1_900],
    ['professionalServices', 0, 0, 0, 1_900],
    ['sptconboarding', 0, 0, 0, 1_900],
    ['notTaxable', 0, 0, 0, 0],
  ])('%s decides what is taxed where', (category, newYork, denver, california, germany) => {
    const line = aLineToTax({ category });
    expect([
      toCollectAt(NEW_YORK, line),
      toCollectAt({ region: 'CO', city: 'Denver' }, line),
      toCollectAt({ region: 'CA' }, line),
      toCollectAt({ country: 'DE' }, line),
    ]).toEqual([newYork, denver, california, germany]);
  });

  it('leaves out a local authority that does not tax it, and lists the state with the reason', () => {
    expect(verdictsAt(NEW_YORK, aLineToTax({ category: 'professionalServices' }))).toEqual([
      ['New York', 'productNotTaxed'],
    ]);
  });

  it('goes before the buyer: what is never taxed needs no exemption', () => {
    const exempt = { exemptionIn: () => 'reverseCharge' as const };
    expect(verdictsAt({ country: 'DE' }, aLineToTax({ category: 'notTaxable' }), exempt)).toEqual([
      ['Germany', 'productNotTaxed'],
    ]);
    expect(verdictsAt({ country: 'DE' }, aLineToTax(), exempt)).toEqual([['Germany', 'reverseCharge']]);
  });
});

describe('rounding', () => {
  it.each([
    [10, '0.481', 0],
    [11, '0.5291', 1],
    [-10, '-0.481', 0],
    [-11, '-0.5291', -1],
    [0, '0', 0],
    [100_000_000_000, '4810000000', 4_810_000_000],
    [-99_999_999_999, '-4809999999.9519', -4_810_000_000],
  ])('of the tax on %i in Denver: exact %s, to collect %i', (amount, exact, toCollect) => {
    const line = taxLine(aLineToTax({ amount }), circumstancesAt({ region: 'CO', city: 'Denver' }));
    expect(line.jurisdictions[1]?.tax?.taxAmount).toBe(exact);
    expect(line.taxAmountToCollect).toBe(toCollect);
  });

  it('goes up from a half, and down on a credit', () => {
    expect(toCollectAt({ region: 'WA' }, aLineToTax({ amount: 100 }))).toBe(7);
    expect(toCollectAt({ region: 'WA' }, aLineToTax({ amount: -100 }))).toBe(-7);
  });

  it('happens once for a line, not for each of its taxes', () => {
    // 0.4 + 0.45 + 0.0375: each for itself would be 0
    expect(toCollectAt(NEW_YORK, aLineToTax({ amount: 10 }))).toBe(1);
  });
});

describe('a price that includes tax', () => {
  it('is split so that price and tax add up to it, at four places', () => {
    const { preTaxAmount, jurisdictions, taxAmountToCollect } = taxLine(
      aLineToTax({ amount: 31_000, taxIncluded: true }),
      circumstancesAt({ region: 'CO', city: 'Denver' }),
    );
    expect([preTaxAmount, jurisdictions[1]?.tax?.taxAmount, taxAmountToCollect]).toEqual([
      '29577.3304',
      '1422.6696',
      0,
    ]);
  });

  it('holds no tax against its sign, however small the rates', () => {
    const small = ['0.015684', '0.0102655', '0.0000088', '0.000002', '0.0000053'];
    const [massachusetts] = circumstancesAt({ region: 'MA' }).jurisdictions;
    const jurisdictions = small.map((rate) => ({ ...massachusetts!, rates: rates(rate) }));
    const taxes = verdictsAt({}, aLineToTax({ amount: 6, taxIncluded: true }), { jurisdictions });
    expect(taxes.map((tax) => tax.at(-1))).toEqual(['0.0918', '0.06', '0.0001', '0', '0']);
  });

  it('is the price before tax where nothing is due', () => {
    const line = taxLine(aLineToTax({ taxIncluded: true }), circumstancesAt({ region: 'OR' }));
    expect(line.preTaxAmount).toBe('10000');
  });

  it('holds the taxes of all authorities, also those that the seller pays', () => {
    expect(verdictsAt(BIRMINGHAM, aLineToTax({ amount: 10_800, taxIncluded: true }))).toEqual([
      ['Alabama', 'Tax', '0.04', '10000', '400'],
      ['Birmingham (local)', 'Tax', '0.04', '10000', '400'],
    ]);
  });
});

describe('a document', () => {
  it('collects the sum of its lines, each rounded for itself', () => {
    const lines = [1, 2, 3].map(() =>
      taxLine(aLineToTax({ amount: 11 }), circumstancesAt({ region: 'CO', city: 'Denver' })),
    );
    expect(taxToCollect(lines)).toBe(3);
  });

  it('sums up per jurisdiction: null where a line is taxed, else each reason once', () => {
    const at = circumstancesAt(NEW_YORK);
    const exempt = circumstancesAt(NEW_YORK, { exemptionIn: () => 'customerExempt' });
    const service = aLineToTax({ category: 'professionalServices' });
    const names = ['New York City', 'Metropolitan Commuter Transportation District'];
    expect(toCalculationAnswer([taxLine(service, at), taxLine(aLineToTax(), at)]).jurisSummaries).toEqual([
      { name: 'New York', notTaxedReasons: null },
      ...names.map((name) => ({ name, notTaxedReasons: null })),
    ]);
    const exemption = { type: 'exempt', reason: { type: 'customerExempt' } };
    expect(
      toCalculationAnswer([taxLine(service, exempt), taxLine(service, exempt), taxLine(aLineToTax(), exempt)])
        .jurisSummaries,
    ).toEqual([
      { name: 'New York', notTaxedReasons: [{ type: 'productNotTaxed' }, exemption] },
      ...names.map((name) => ({ name, notTaxedReasons: [exemption] })),
    ]);
  });
});
