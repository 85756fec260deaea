import { type Jurisdiction, rates, taxability } from './jurisdiction.js';

const OTHERS: readonly Jurisdiction[] = [
  {
    ...country('AU', 'Australia', '0.1'),
    taxName: 'GST',
    buyerTaxId: { name: 'Australian business number', abbreviation: 'ABN', pattern: /^\d{11}$/, reverseCharge: true },
  },
  {
    ...country('CH', 'Switzerland', '0.077'),
    rates: rates('0.077', ['2024-01-01', '0.081']),
    // goods are taxed by customs at the border: the one product that the simulator refuses for a jurisdiction
    taxability: taxability('1', { physicalGoods: 'notSupported' }),
  },
  {
    ...country('GB', 'United Kingdom', '0.2'),
    buyerTaxId: {
      name: 'VAT registration number',
      abbreviation: 'VAT',
      pattern: /^GB(\d{9}|\d{12}|(GD|HA)\d{3})$/,
      reverseCharge: true,
    },
  },
  { ...country('IN', 'India', '0.18'), taxName: 'GST' },
  { ...country('JP', 'Japan', '0.08'), taxName: 'JCT', rates: rates('0.08', ['2019-10-01', '0.1']) },
  { ...country('NO', 'Norway', '0.25') },
  {
    ...country('SG', 'Singapore', '0.09'),
    taxName: 'GST',
    rates: rates('0.07', ['2023-01-01', '0.08'], ['2024-01-01', '0.09']),
  },
];

/** Countries outside America and the European Union where the seller is registered, by code. */
export const OTHER_COUNTRIES: ReadonlyMap<string, Jurisdiction> = new Map(
  OTHERS.map((jurisdiction) => [jurisdiction.id.toUpperCase(), jurisdiction]),
);

/** A country where the seller isn't registered. */
export function notCollecting(code: string, name: string): Jurisdiction {
  return { ...country(code, name, '0'), standing: 'notCollecting' };
}

function country(code: string, name: string, rate: string): Jurisdiction {
  return {
    id: code.toLowerCase(),
    regionId: '',
    name,
    isLocal: false,
    standing: 'collecting',
    taxName: 'VAT',
    rates: rates(rate),
    taxability: taxability('1'),
  };
}
