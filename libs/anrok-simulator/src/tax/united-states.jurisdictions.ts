import { type Jurisdiction, rates, type Rates, type Taxability, taxability } from './jurisdiction.js';

const NO_SERVICES = { professionalServices: 'notTaxed', sptconboarding: 'notTaxed' } as const;
/** Only what is handed over or downloaded; software as a service is a service there. */
const GOODS = taxability('1', { ...NO_SERVICES, saasBusiness: 'notTaxed', saasPersonal: 'notTaxed' });
export const SAAS = taxability('1', NO_SERVICES);
const SERVICES = taxability('1');
const PERSONAL_ONLY = taxability('1', { ...NO_SERVICES, saasBusiness: 'exempt' });
const BUSINESS_ONLY = taxability('1', { ...NO_SERVICES, saasPersonal: 'notTaxed' });
/** Texas takes software as a service for data processing, of which a fifth is exempt. */
export const DATA_PROCESSING = taxability('1', { ...NO_SERVICES, saasBusiness: '0.8', saasPersonal: '0.8' });

type Row = readonly [
  code: string,
  name: string,
  standing: Jurisdiction['standing'],
  rate: string | Rates,
  products: Taxability,
];

const ROWS: readonly Row[] = [
  ['AK', 'Alaska', 'noTax', '0', GOODS],
  ['AL', 'Alabama', 'collecting', '0.04', SAAS],
  ['AR', 'Arkansas', 'notCollecting', '0.065', GOODS],
  ['AS', 'American Samoa', 'notCollecting', '0', GOODS],
  ['AZ', 'Arizona', 'collecting', '0.056', SAAS],
  ['CA', 'California', 'collecting', '0.0725', GOODS],
  ['CO', 'Colorado', 'collecting', '0.029', GOODS],
  ['CT', 'Connecticut', 'collecting', '0.0635', SAAS],
  ['DC', 'District of Columbia', 'collecting', '0.06', SAAS],
  ['DE', 'Delaware', 'noTax', '0', GOODS],
  ['FL', 'Florida', 'notCollecting', '0.06', SAAS],
  ['GA', 'Georgia', 'collecting', '0.04', GOODS],
  ['GU', 'Guam', 'notCollecting', '0', GOODS],
  ['HI', 'Hawaii', 'collecting', '0.04', SERVICES],
  ['IA', 'Iowa', 'collecting', '0.06', PERSONAL_ONLY],
  ['ID', 'Idaho', 'notCollecting', '0.06', GOODS],
  ['IL', 'Illinois', 'collecting', '0.0625', GOODS],
  ['IN', 'Indiana', 'collecting', '0.07', GOODS],
  ['KS', 'Kansas', 'notCollecting', '0.065', GOODS],
  ['KY', 'Kentucky', 'collecting', '0.06', SAAS],
  ['LA', 'Louisiana', 'collecting', rates('0.0445', ['2025-01-01', '0.05']), SAAS],
  ['MA', 'Massachusetts', 'collecting', '0.0625', SAAS],
  ['MD', 'Maryland', 'collecting', '0.06', SAAS],
  ['ME', 'Maine', 'notCollecting', '0.055', GOODS],
  ['MI', 'Michigan', 'collecting', '0.06', GOODS],
  ['MN', 'Minnesota', 'collecting', '0.06875', GOODS],
  ['MO', 'Missouri', 'collecting', '0.04225', GOODS],
  ['MP', 'Northern Mariana Islands', 'notCollecting', '0', GOODS],
  ['MS', 'Mississippi', 'notCollecting', '0.07', SAAS],
  ['MT', 'Montana', 'noTax', '0', GOODS],
  ['NC', 'North Carolina', 'collecting', '0.0475', GOODS],
  ['ND', 'North Dakota', 'notCollecting', '0.05', GOODS],
  ['NE', 'Nebraska', 'notCollecting', '0.055', GOODS],
  ['NH', 'New Hampshire', 'noTax', '0', GOODS],
  ['NJ', 'New Jersey', 'collecting', '0.06625', GOODS],
  ['NM', 'New Mexico', 'collecting', '0.04875', SERVICES],
  ['NV', 'Nevada', 'collecting', '0.0685', GOODS],
  ['NY', 'New York', 'collecting', '0.04', SAAS],
  ['OH', 'Ohio', 'collecting', '0.0575', BUSINESS_ONLY],
  ['OK', 'Oklahoma', 'notCollecting', '0.045', GOODS],
  ['OR', 'Oregon', 'noTax', '0', GOODS],
  ['PA', 'Pennsylvania', 'collecting', '0.06', SAAS],
  ['PR', 'Puerto Rico', 'notCollecting', '0.105', SAAS],
  ['RI', 'Rhode Island', 'collecting', '0.07', SAAS],
  ['SC', 'South Carolina', 'collecting', '0.06', SAAS],
  ['SD', 'South Dakota', 'notCollecting', '0.042', SERVICES],
  ['TN', 'Tennessee', 'collecting', '0.07', SAAS],
  ['TX', 'Texas', 'collecting', '0.0625', DATA_PROCESSING],
  ['UT', 'Utah', 'collecting', '0.0485', SAAS],
  ['VA', 'Virginia', 'collecting', '0.043', GOODS],
  ['VI', 'U.S. Virgin Islands', 'notCollecting', '0', GOODS],
  ['VT', 'Vermont', 'collecting', '0.06', SAAS],
  ['WA', 'Washington', 'collecting', '0.065', SAAS],
  ['WI', 'Wisconsin', 'collecting', '0.05', GOODS],
  ['WV', 'West Virginia', 'notCollecting', '0.06', SERVICES],
  ['WY', 'Wyoming', 'notCollecting', '0.04', GOODS],
];

export const STATES: readonly (Jurisdiction & { readonly code: string })[] = ROWS.map(
  ([code, name, standing, rate, products]) => ({
    code,
    id: `us-${code}`,
    regionId: '',
    name,
    isLocal: false,
    standing,
    taxName: 'Tax',
    rates: typeof rate === 'string' ? rates(rate) : rate,
    taxability: products,
    certificateJurisId: `us-${code}`,
  }),
);
