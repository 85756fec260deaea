import { type Jurisdiction, rates, type Rates, taxability } from './jurisdiction.js';

type Row = readonly [code: string, name: string, rate: string | Rates, vatNumber: RegExp];

const ROWS: readonly Row[] = [
  ['AT', 'Austria', '0.2', /^ATU\d{8}$/],
  ['BE', 'Belgium', '0.21', /^BE[01]\d{9}$/],
  ['BG', 'Bulgaria', '0.2', /^BG\d{9,10}$/],
  ['CY', 'Cyprus', '0.19', /^CY\d{8}[A-Z]$/],
  ['CZ', 'Czechia', '0.21', /^CZ\d{8,10}$/],
  ['DE', 'Germany', rates('0.19', ['2020-07-01', '0.16'], ['2021-01-01', '0.19']), /^DE\d{9}$/],
  ['DK', 'Denmark', '0.25', /^DK\d{8}$/],
  ['EE', 'Estonia', rates('0.2', ['2024-01-01', '0.22'], ['2025-07-01', '0.24']), /^EE\d{9}$/],
  ['ES', 'Spain', '0.21', /^ES[0-9A-Z]\d{7}[0-9A-Z]$/],
  ['FI', 'Finland', rates('0.24', ['2024-09-01', '0.255']), /^FI\d{8}$/],
  ['FR', 'France', '0.2', /^FR[0-9A-Z]{2}\d{9}$/],
  ['GR', 'Greece', '0.24', /^EL\d{9}$/],
  ['HR', 'Croatia', '0.25', /^HR\d{11}$/],
  ['HU', 'Hungary', '0.27', /^HU\d{8}$/],
  ['IE', 'Ireland', '0.23', /^IE\d[0-9A-Z+*]\d{5}[A-Z]{1,2}$/],
  ['IT', 'Italy', '0.22', /^IT\d{11}$/],
  ['LT', 'Lithuania', '0.21', /^LT(\d{9}|\d{12})$/],
  ['LU', 'Luxembourg', rates('0.17', ['2023-01-01', '0.16'], ['2024-01-01', '0.17']), /^LU\d{8}$/],
  ['LV', 'Latvia', '0.21', /^LV\d{11}$/],
  ['MT', 'Malta', '0.18', /^MT\d{8}$/],
  ['NL', 'Netherlands', '0.21', /^NL\d{9}B\d{2}$/],
  ['PL', 'Poland', '0.23', /^PL\d{10}$/],
  ['PT', 'Portugal', '0.23', /^PT\d{9}$/],
  ['RO', 'Romania', rates('0.19', ['2025-08-01', '0.21']), /^RO\d{2,10}$/],
  ['SE', 'Sweden', '0.25', /^SE\d{12}$/],
  ['SI', 'Slovenia', '0.22', /^SI\d{8}$/],
  ['SK', 'Slovakia', rates('0.2', ['2025-01-01', '0.23']), /^SK\d{10}$/],
];

/** Members of the union by country code. A seller from outside files one return for all: the One Stop Shop. */
export const EU_MEMBERS: ReadonlyMap<string, Jurisdiction> = new Map(
  ROWS.map(([code, name, rate, pattern]) => [
    code,
    {
      id: 'eu-oss',
      regionId: code,
      name,
      isLocal: false,
      standing: 'collecting',
      taxName: 'VAT',
      rates: typeof rate === 'string' ? rates(rate) : rate,
      taxability: taxability('1'),
      buyerTaxId: { name: 'VAT identification number', abbreviation: 'VAT', pattern, reverseCharge: true },
    },
  ]),
);
