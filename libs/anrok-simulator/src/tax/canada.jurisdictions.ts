import { type BuyerTaxId, type Jurisdiction, rates, type Rates, taxability } from './jurisdiction.js';

const FEDERAL_ID: BuyerTaxId = {
  name: 'GST/HST account number',
  abbreviation: null,
  pattern: /^\d{9}(RT\d{4})?$/,
  reverseCharge: false,
};
const QUEBEC_ID: BuyerTaxId = {
  name: 'QST registration number',
  abbreviation: null,
  pattern: /^(\d{9}|\d{10}(TQ\d{4})?)$/,
  reverseCharge: false,
};
const NO_SERVICES = taxability('1', { professionalServices: 'notTaxed', sptconboarding: 'notTaxed' });

export interface Province {
  readonly code: string;
  readonly name: string;
  readonly jurisdictions: readonly Jurisdiction[];
}

export const PROVINCES: readonly Province[] = [
  { code: 'AB', name: 'Alberta', jurisdictions: [federal('GST', rates('0.05'))] },
  {
    code: 'BC',
    name: 'British Columbia',
    jurisdictions: [federal('GST', rates('0.05')), provincial('BC', 'British Columbia', '0.07')],
  },
  {
    code: 'MB',
    name: 'Manitoba',
    jurisdictions: [federal('GST', rates('0.05')), provincial('MB', 'Manitoba', '0.07')],
  },
  { code: 'NB', name: 'New Brunswick', jurisdictions: [federal('HST', rates('0.15'))] },
  { code: 'NL', name: 'Newfoundland and Labrador', jurisdictions: [federal('HST', rates('0.15'))] },
  { code: 'NS', name: 'Nova Scotia', jurisdictions: [federal('HST', rates('0.15', ['2025-04-01', '0.14']))] },
  { code: 'NT', name: 'Northwest Territories', jurisdictions: [federal('GST', rates('0.05'))] },
  { code: 'NU', name: 'Nunavut', jurisdictions: [federal('GST', rates('0.05'))] },
  { code: 'ON', name: 'Ontario', jurisdictions: [federal('HST', rates('0.13'))] },
  { code: 'PE', name: 'Prince Edward Island', jurisdictions: [federal('HST', rates('0.15'))] },
  {
    code: 'QC',
    name: 'Quebec',
    jurisdictions: [
      federal('GST', rates('0.05')),
      {
        ...provincial('QC', 'Quebec', '0.09975'),
        taxName: 'QST',
        taxability: taxability('1'),
        buyerTaxId: QUEBEC_ID,
      },
    ],
  },
  {
    code: 'SK',
    name: 'Saskatchewan',
    jurisdictions: [federal('GST', rates('0.05')), provincial('SK', 'Saskatchewan', '0.06')],
  },
  { code: 'YT', name: 'Yukon', jurisdictions: [federal('GST', rates('0.05'))] },
];

/** The harmonized tax goes to the federal government, too, which shares it out. */
function federal(taxName: 'GST' | 'HST', federalRates: Rates): Jurisdiction {
  return {
    id: 'ca',
    regionId: '',
    name: 'Canada (federal)',
    isLocal: false,
    standing: 'collecting',
    taxName,
    rates: federalRates,
    taxability: taxability('1'),
    buyerTaxId: FEDERAL_ID,
  };
}

function provincial(code: string, name: string, rate: string): Jurisdiction {
  return {
    id: `ca-${code}`,
    regionId: '',
    name,
    isLocal: false,
    standing: 'collecting',
    taxName: 'PST',
    rates: rates(rate),
    taxability: NO_SERVICES,
  };
}
