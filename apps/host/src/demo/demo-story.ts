/** Who buys what in the demo, and which case of tax each of them is. */
export const ADD_ONS = [
  { code: 'setup', name: 'Setup', amount_cents: 49_900, product: 'professional-services' },
  { code: 'pro-plan', name: 'Pro plan, a year', amount_cents: 120_000, product: 'saas-business' },
  { code: 'workshop', name: 'Workshop', amount_cents: 80_000, product: undefined },
] as const;

interface DemoCustomer {
  readonly external_id: string;
  readonly name: string;
  readonly currency: string;
  readonly address_line1?: string;
  readonly city?: string;
  readonly state?: string;
  readonly zipcode?: string;
  readonly country: string;
  readonly tax_identification_number?: string;
  /** Buys through Anrok; the others are taxed at the flat rate. */
  readonly linked: boolean;
  /** Has an exemption certificate at Anrok for this state. */
  readonly exemptIn?: string;
  readonly buys: readonly { readonly add_on_code: string; readonly units?: string; readonly tax_included?: boolean }[];
}

export const CUSTOMERS: readonly DemoCustomer[] = [
  // Three jurisdictions.
  {
    external_id: 'hudson',
    name: 'Hudson Analytics, New York',
    currency: 'USD',
    address_line1: '350 5th Ave',
    city: 'New York',
    state: 'NY',
    zipcode: '10118',
    country: 'US',
    linked: true,
    buys: [{ add_on_code: 'pro-plan' }, { add_on_code: 'setup' }],
  },
  // Taxed on 80 % of the price.
  {
    external_id: 'lone-star',
    name: 'Lone Star Data, Austin',
    currency: 'USD',
    address_line1: '301 W 2nd St',
    city: 'Austin',
    state: 'TX',
    zipcode: '78701',
    country: 'US',
    linked: true,
    buys: [{ add_on_code: 'pro-plan', units: '3' }],
  },
  // Exempt.
  {
    external_id: 'evergreen',
    name: 'Evergreen School, Seattle',
    currency: 'USD',
    address_line1: '600 4th Ave',
    city: 'Seattle',
    state: 'WA',
    zipcode: '98104',
    country: 'US',
    linked: true,
    exemptIn: 'us-WA',
    buys: [{ add_on_code: 'pro-plan' }],
  },
  // Two taxes.
  {
    external_id: 'laurentides',
    name: 'Logiciels Laurentides, Montréal',
    currency: 'CAD',
    address_line1: '1001 Rue Sherbrooke',
    city: 'Montréal',
    state: 'QC',
    zipcode: 'H2L 1L3',
    country: 'CA',
    linked: true,
    buys: [{ add_on_code: 'pro-plan' }],
  },
  // Reverse charge.
  {
    external_id: 'spree',
    name: 'Spree Werkzeuge, Berlin',
    currency: 'EUR',
    address_line1: 'Unter den Linden 1',
    city: 'Berlin',
    zipcode: '10117',
    country: 'DE',
    tax_identification_number: 'DE136695976',
    linked: true,
    buys: [{ add_on_code: 'pro-plan' }],
  },
  // VAT in the price.
  {
    external_id: 'dubois',
    name: 'Camille Dubois, Paris',
    currency: 'EUR',
    address_line1: '8 Rue de Rivoli',
    city: 'Paris',
    zipcode: '75004',
    country: 'FR',
    linked: true,
    buys: [{ add_on_code: 'pro-plan', tax_included: true }],
  },
  // Buys an item that is mapped to no product.
  {
    external_id: 'harbour',
    name: 'Harbour Events, Sydney',
    currency: 'AUD',
    city: 'Sydney',
    state: 'NSW',
    zipcode: '2000',
    country: 'AU',
    linked: true,
    buys: [{ add_on_code: 'workshop' }],
  },
  // Not linked to Anrok: flat rate.
  {
    external_id: 'corner-shop',
    name: 'Corner Shop, Denver',
    currency: 'USD',
    city: 'Denver',
    state: 'CO',
    zipcode: '80204',
    country: 'US',
    linked: false,
    buys: [{ add_on_code: 'setup' }],
  },
];

/** Uses something, and pays for a week when it is over. */
export const SUBSCRIBER = {
  external_id: 'liberty',
  name: 'Liberty Freight, Philadelphia',
  currency: 'USD',
  address_line1: '1400 John F Kennedy Blvd',
  city: 'Philadelphia',
  state: 'PA',
  zipcode: '19107',
  country: 'US',
};

export const METRIC = { code: 'api-calls', name: 'API calls', aggregation_type: 'sum_agg', field_name: 'calls' };

/** By the week: so much, and a price for every call. */
export const PLAN = {
  code: 'starter',
  name: 'Starter',
  interval: 'weekly',
  amount_cents: 2_000,
  amount_currency: 'USD',
  pay_in_advance: false,
};
export const CALL_PRICE = '0.0025';
export const CALLS = [12_000, 7_500, 31_250];
