import { describe, expect, it } from '@jest/globals';
import { type Address, JURISDICTION_IDS, resolveJurisdictions } from './address.resolution.js';

const anAddress = (parts: Partial<Address>): Address => ({
  country: null,
  line1: null,
  city: null,
  region: null,
  postalCode: null,
  ...parts,
});
const namesAt = (parts: Partial<Address>) => resolveJurisdictions(anAddress(parts))?.map(({ name }) => name);

describe('the jurisdictions of an address', () => {
  it.each<[Partial<Address>, string[]]>([
    [{ country: 'US', region: 'CO' }, ['Colorado']],
    [{ country: 'us', region: 'Colorado', city: 'denver' }, ['Colorado', 'Denver (local)']],
    [{ country: 'USA', region: 'co', postalCode: '80204-1234' }, ['Colorado', 'Denver (local)']],
    [{ country: 'United States', postalCode: '80204' }, ['Colorado', 'Denver (local)']],
    [{ country: 'United States of America', region: 'TX', city: 'Austin' }, ['Texas', 'Austin']],
    [{ country: 'US', region: 'WA', city: 'SEATTLE ' }, ['Washington', 'Seattle']],
    [{ country: 'US', region: 'AK', city: 'Juneau' }, ['Alaska', 'Juneau (local)']],
    [
      { country: 'US', region: 'NY', city: 'Brooklyn' },
      ['New York', 'New York City', 'Metropolitan Commuter Transportation District'],
    ],
    [{ country: 'US', region: 'district of  columbia' }, ['District of Columbia']],
    // a town of that name in another state
    [{ country: 'US', region: 'PA', city: 'Denver' }, ['Pennsylvania']],
    [{ country: 'US', region: 'PA', city: 'Denver', postalCode: '17517' }, ['Pennsylvania']],
  ])('finds by state, town and postal code %j', (address, names) => {
    expect(namesAt(address)).toEqual(names);
  });

  it.each<[Partial<Address>, string[]]>([
    [{ country: 'CA', region: 'ON' }, ['Canada (federal)']],
    [{ country: 'Canada', region: 'Québec' }, ['Canada (federal)', 'Quebec']],
    [{ country: 'CA', region: 'British Columbia' }, ['Canada (federal)', 'British Columbia']],
    [{ country: 'CA', region: 'AB' }, ['Canada (federal)']],
    [{ country: 'UK' }, ['United Kingdom']],
    [{ country: 'ENGLAND', city: 'London' }, ['United Kingdom']],
    [{ country: 'gb' }, ['United Kingdom']],
    [{ country: 'The Netherlands' }, ['Netherlands']],
    [{ country: 'Czech Republic' }, ['Czechia']],
    [{ country: 'EL' }, ['Greece']],
    [{ country: "Côte d'Ivoire".replace("'", '’') }, ['Côte d’Ivoire']],
    [{ country: 'BR', region: 'SP' }, ['Brazil']],
  ])('finds by province and country %j', (address, names) => {
    expect(namesAt(address)).toEqual(names);
  });

  it.each<Partial<Address>>([
    {},
    { region: 'CO', postalCode: '80204' },
    { country: 'Atlantis' },
    { country: 'EU' },
    { country: 'US' },
    { country: 'US', city: 'Denver' },
    { country: 'US', postalCode: '99999' },
    { country: 'US', region: 'Ontario' },
    { country: 'US', region: 'XX', postalCode: '80204' },
    { country: 'CA' },
    { country: 'CA', postalCode: 'G1P 2J6' },
    { country: 'CA', region: 'TX' },
  ])('does not guess from %j', (address) => {
    expect(namesAt(address)).toBeUndefined();
  });

  it('knows all members of the European Union', () => {
    const codes = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
    const found = codes.map((country) => resolveJurisdictions(anAddress({ country }))?.[0]);
    expect(found.map((jurisdiction) => [jurisdiction?.id, jurisdiction?.taxName, jurisdiction?.standing])).toEqual(
      codes.map(() => ['eu-oss', 'VAT', 'collecting']),
    );
    expect(new Set(found.map((jurisdiction) => jurisdiction?.name)).size).toBe(27);
  });

  it('has a rate for every jurisdiction that taxes, and never two of one name at one address', () => {
    const states = [...JURISDICTION_IDS].flatMap((id) => /^us-([A-Z]{2})$/.exec(id)?.[1] ?? []);
    const towns = ['Birmingham', 'Juneau', 'Denver', 'Chicago', 'New York', 'Austin', 'Houston', 'Seattle'];
    const provinces = ['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'];
    const addresses = [
      ...states.flatMap((region) => towns.map((city) => anAddress({ country: 'US', region, city }))),
      ...provinces.map((region) => anAddress({ country: 'CA', region })),
      ...['AU', 'CH', 'GB', 'IN', 'JP', 'NO', 'SG'].map((country) => anAddress({ country })),
    ];
    expect(states).toHaveLength(56);
    for (const address of addresses) {
      const jurisdictions = resolveJurisdictions(address)!;
      expect(new Set(jurisdictions.map(({ name }) => name)).size).toBe(jurisdictions.length);
      for (const { standing, rates } of jurisdictions)
        if (standing === 'collecting' || standing === 'paidBySeller')
          for (const { rate } of rates) expect(rate).toMatch(/^0\.\d*[1-9]$/);
    }
  });
});
