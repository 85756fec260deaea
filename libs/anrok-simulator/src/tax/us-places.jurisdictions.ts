import { type Jurisdiction, rates, type Rates, type Taxability, taxability } from './jurisdiction.js';
import { DATA_PROCESSING, SAAS } from './united-states.jurisdictions.js';

/** A town whose authorities tax besides its state. */
export interface Place {
  readonly state: string;
  readonly cities: readonly string[];
  /** How its postal codes begin. */
  readonly postalCodes: readonly string[];
  readonly authorities: readonly Jurisdiction[];
}

export const PLACES: readonly Place[] = [
  {
    // the state's tax is collected and the city's is borne by the seller, on one line
    state: 'AL',
    cities: ['Birmingham'],
    postalCodes: ['352'],
    authorities: [homeRule('AL', 'Birmingham', { rates: rates('0.04'), standing: 'paidBySeller' })],
  },
  {
    // tax only below the state, and all of it borne by the seller
    state: 'AK',
    cities: ['Juneau'],
    postalCodes: ['9980', '9981', '99821', '99824'],
    authorities: [homeRule('AK', 'Juneau', { rates: rates('0.05'), standing: 'paidBySeller' })],
  },
  {
    state: 'CO',
    cities: ['Denver'],
    postalCodes: ['802'],
    authorities: [homeRule('CO', 'Denver', { rates: rates('0.0481') })],
  },
  {
    state: 'IL',
    cities: ['Chicago'],
    postalCodes: ['606'],
    authorities: [homeRule('IL', 'Chicago', { rates: rates('0.09', ['2025-01-01', '0.11']) })],
  },
  {
    state: 'NY',
    cities: ['New York', 'New York City', 'NYC', 'Manhattan', 'Brooklyn', 'Queens', 'Bronx', 'Staten Island'],
    postalCodes: ['100', '101', '102', '103', '104', '112', '113', '114', '116'],
    authorities: [
      onReturnOf('NY', { regionId: '3651000', name: 'New York City', rates: rates('0.045') }),
      onReturnOf('NY', {
        regionId: '36MCTD',
        name: 'Metropolitan Commuter Transportation District',
        rates: rates('0.00375'),
      }),
    ],
  },
  {
    state: 'TX',
    cities: ['Austin'],
    postalCodes: ['787'],
    authorities: [
      onReturnOf('TX', { regionId: '4805000', name: 'Austin', rates: rates('0.02'), taxability: DATA_PROCESSING }),
    ],
  },
  {
    // not the law: the transit authority taxes the full price, so that one line has two taxable amounts
    state: 'TX',
    cities: ['Houston'],
    postalCodes: ['770'],
    authorities: [
      onReturnOf('TX', { regionId: '4835000', name: 'Houston', rates: rates('0.01'), taxability: DATA_PROCESSING }),
      onReturnOf('TX', {
        regionId: '48MTA',
        name: 'Houston Metropolitan Transit Authority',
        rates: rates('0.01'),
        taxability: taxability('1'),
      }),
    ],
  },
  {
    state: 'WA',
    cities: ['Seattle'],
    postalCodes: ['981'],
    authorities: [onReturnOf('WA', { regionId: '5363000', name: 'Seattle', rates: rates('0.0385') })],
  },
];

/** Its tax is part of the state's return. */
function onReturnOf(
  state: string,
  authority: { regionId: string; name: string; rates: Rates; taxability?: Taxability },
): Jurisdiction {
  return {
    id: `us-${state}`,
    certificateJurisId: `us-${state}`,
    isLocal: true,
    standing: 'collecting',
    taxName: 'Tax',
    taxability: SAAS,
    ...authority,
  };
}

/** Administers its own tax, so that it has a return, and a standing, of its own. */
function homeRule(
  state: string,
  city: string,
  authority: { rates: Rates; standing?: 'collecting' | 'paidBySeller' },
): Jurisdiction {
  return {
    ...onReturnOf(state, { regionId: '', name: `${city} (local)`, rates: authority.rates }),
    id: `us-${state}-${city.toLowerCase()}`,
    standing: authority.standing ?? 'collecting',
  };
}
