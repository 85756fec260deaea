import { PROVINCES } from './canada.jurisdictions.js';
import { countryCode, countryName, normalized } from './country.names.js';
import { EU_MEMBERS } from './european-union.jurisdictions.js';
import type { Jurisdiction } from './jurisdiction.js';
import { notCollecting, OTHER_COUNTRIES } from './other-countries.jurisdictions.js';
import { STATES } from './united-states.jurisdictions.js';
import { type Place, PLACES } from './us-places.jurisdictions.js';

/** The legacy form of American addresses arrives here with its state as `region` and its zip code as `postalCode`. */
export interface Address {
  readonly country: string | null;
  readonly line1: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
}

/** The jurisdictions of an address, the widest first, or undefined when it doesn't say enough to know the widest. */
export function resolveJurisdictions(address: Address): readonly Jurisdiction[] | undefined {
  const code = address.country === null ? undefined : countryCode(address.country);
  if (code === undefined) return undefined;
  if (code === 'US') return inUnitedStates(address);
  if (code === 'CA') return PROVINCES.find((province) => isNamed(province, address.region))?.jurisdictions;
  return [EU_MEMBERS.get(code) ?? OTHER_COUNTRIES.get(code) ?? notCollecting(code, countryName(code))];
}

/** The ids of all jurisdictions that have returns to file. */
export const JURISDICTION_IDS: ReadonlySet<string> = new Set(
  [
    ...STATES,
    ...PLACES.flatMap((place) => place.authorities),
    ...PROVINCES.flatMap((province) => province.jurisdictions),
    ...EU_MEMBERS.values(),
    ...OTHER_COUNTRIES.values(),
  ].map((jurisdiction) => jurisdiction.id),
);

/** Where an exemption certificate can hold. */
export const CERTIFICATE_JURIS_IDS: ReadonlySet<string> = new Set(STATES.map((state) => state.id));

function inUnitedStates(address: Address): readonly Jurisdiction[] | undefined {
  const { region } = address;
  const place = region === null ? PLACES.find((one) => hasPostalCode(one, address)) : undefined;
  const state = STATES.find((one) => (region === null ? one.code === place?.state : isNamed(one, region)));
  if (!state) return undefined;
  const town = place ?? PLACES.find((one) => one.state === state.code && holds(one, address));
  return [state, ...(town?.authorities ?? [])];
}

/** Towns share their names, so that a city counts only within its state, where a postal code counts anywhere. */
function holds(place: Place, address: Address): boolean {
  const city = normalized(address.city ?? '');
  return hasPostalCode(place, address) || place.cities.some((name) => normalized(name) === city);
}

function hasPostalCode(place: Place, address: Address): boolean {
  const postalCode = normalized(address.postalCode ?? '');
  return place.postalCodes.some((prefix) => postalCode.startsWith(prefix));
}

function isNamed({ code, name }: { code: string; name: string }, region: string | null): boolean {
  const wanted = normalized(region ?? '');
  return wanted === code || wanted === normalized(name);
}
