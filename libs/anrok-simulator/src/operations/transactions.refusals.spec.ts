import { beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { type AnrokSimulator, startAnrokSimulator } from '../index.js';
import { aDocument, aLine, aTransaction, BERLIN, DENVER } from '../testing/document.builder.js';
import { reply } from '../testing/simulators.js';

let simulator: AnrokSimulator;
beforeAll(async () => {
  simulator = await startAnrokSimulator({
    requestsPerSecond: null,
    clock: { now: () => new Date('2026-03-15T12:00:00Z') },
    accountingTimeZone: null,
  });
});
afterAll(() => simulator.close());

const post = (operation: string, body: unknown) =>
  reply(`${simulator.url}/v1/seller/transactions/${operation}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${simulator.apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const without = (key: string) => ({ ...aDocument(), [key]: undefined });
const address = (changes: Record<string, unknown>) => aDocument({ customerAddress: { ...DENVER, ...changes } });
const line = (changes: Record<string, unknown>) => aDocument({ lineItems: [aLine(changes)] });
const time = (changes: Record<string, unknown>) => ({ ...without('accountingDate'), ...changes });
const US = { country: 'us', city: 'Denver' };

const MALFORMED: [string, unknown, string][] = [
  ['an array', [], 'Expected object, received array.'],
  ['null', null, 'Expected object, received null.'],
  ['a text', 'document', 'Expected object, received string.'],
  ['no lines', without('lineItems'), '"lineItems": Required.'],
  ['no currency', without('currencyCode'), '"currencyCode": Required.'],
  ['no address', without('customerAddress'), '"customerAddress": Invalid input.'],
  ['an address of text', aDocument({ customerAddress: 'Denver' }), '"customerAddress": Invalid input.'],
  ['an unknown key', aDocument({ currency: 'USD' }), "Unrecognized key(s) in object: 'currency'."],
  ['unknown keys', aDocument({ a: 1, b: 2 }), "Unrecognized key(s) in object: 'a', 'b'."],
  ['zero lines', aDocument({ lineItems: [] }), '"lineItems": Array must contain at least 1 element(s).'],
  [
    '1,201 lines',
    aDocument({ lineItems: Array.from({ length: 1_201 }, () => aLine()) }),
    '"lineItems": Array must contain at most 1200 element(s).',
  ],
  ['lines that are no list', aDocument({ lineItems: {} }), '"lineItems": Expected array, received object.'],
  [
    'a line without product',
    line({ productExternalId: undefined }),
    '"lineItems": [0]: "productExternalId": Required.',
  ],
  ['a line without amount', line({ amount: undefined }), '"lineItems": [0]: "amount": Required.'],
  ['an amount of text', line({ amount: '100' }), '"lineItems": [0]: "amount": Expected number, received string.'],
  ['half a cent', line({ amount: 0.5 }), '"lineItems": [0]: "amount": Expected integer, received float.'],
  [
    'an amount above the limit',
    line({ amount: 100_000_000_001 }),
    '"lineItems": [0]: "amount": Number must be less than or equal to 100000000000.',
  ],
  [
    'an amount below the limit',
    line({ amount: -100_000_000_001 }),
    '"lineItems": [0]: "amount": Number must be greater than or equal to -100000000000.',
  ],
  ['an unknown key on a line', line({ price: 1 }), '"lineItems": [0]: Unrecognized key(s) in object: \'price\'.'],
  ['a line id that is null', line({ id: null }), '"lineItems": [0]: "id": Expected string, received null.'],
  ['a quantity as number', line({ quantity: 3 }), '"lineItems": [0]: "quantity": Expected string, received number.'],
  ['a quantity in words', line({ quantity: 'three' }), '"lineItems": [0]: "quantity": Invalid decimal.'],
  ['a quantity with exponent', line({ quantity: '1e3' }), '"lineItems": [0]: "quantity": Invalid decimal.'],
  [
    'a flag of text',
    line({ isTaxIncludedInAmount: 'no' }),
    '"lineItems": [0]: "isTaxIncludedInAmount": Expected boolean, received string.',
  ],
  [
    'a currency of two letters',
    aDocument({ currencyCode: 'US' }),
    '"currencyCode": String must contain exactly 3 character(s).',
  ],
  ['an empty city', address({ city: '' }), '"customerAddress": "city": String must contain at least 1 character(s).'],
  ['a second line', address({ line2: 'Apt 4' }), '"customerAddress": Unrecognized key(s) in object: \'line2\'.'],
  [
    'a number as postal code',
    address({ postalCode: 80204 }),
    '"customerAddress": "postalCode": Expected string, received number.',
  ],
  [
    'a legacy address without its country',
    aDocument({ customerAddress: { state: 'CO', zipCode: '80204' } }),
    "\"customerAddress\": Unrecognized key(s) in object: 'state', 'zipCode'.",
  ],
  [
    'a legacy address with a region',
    aDocument({ customerAddress: { ...US, state: 'CO', region: 'CO' } }),
    '"customerAddress": Unrecognized key(s) in object: \'region\'.',
  ],
  [
    'a legacy address with an empty state',
    aDocument({ customerAddress: { ...US, state: '' } }),
    '"customerAddress": "state": String must contain at least 1 character(s).',
  ],
  [
    'an empty part of the ship-from address',
    aDocument({ shipFromAddress: { city: '' } }),
    '"shipFromAddress": "city": String must contain at least 1 character(s).',
  ],
  [
    'a customer id that is empty',
    aDocument({ customerId: '' }),
    '"customerId": String must contain at least 1 character(s).',
  ],
  [
    'a customer name that is null',
    aDocument({ customerName: null }),
    '"customerName": Expected string, received null.',
  ],
  [
    'a tax id without type',
    aDocument({ customerTaxIds: [{ value: 'DE123456789' }] }),
    '"customerTaxIds": [0]: "type": Required.',
  ],
  [
    'a tax id of unknown type',
    aDocument({ customerTaxIds: [{ type: 'vat', value: '1' }] }),
    '"customerTaxIds": [0]: "type": Invalid enum value.',
  ],
  ['no date', without('accountingDate'), 'Either accountingDate or accountingTime is required.'],
  ['a zone alone', time({ accountingTimeZone: 'UTC' }), 'Either accountingDate or accountingTime is required.'],
  [
    'a date with a zone',
    aDocument({ accountingTimeZone: 'UTC' }),
    'accountingDate and accountingTimeZone exclude each other.',
  ],
  [
    'a zone not in the list',
    time({ accountingTime: '2026-03-01T00:00:00Z', accountingTimeZone: 'Europe/Vienna' }),
    '"accountingTimeZone": Invalid enum value.',
  ],
  ['a day that does not exist', aDocument({ accountingDate: '2026-02-30' }), '"accountingDate": Invalid date.'],
  ['a date with a time', aDocument({ taxDate: '2026-03-01T00:00:00Z' }), '"taxDate": Invalid date.'],
  [
    'a time without a zone of its own',
    time({ accountingTime: '2026-03-01T00:00:00' }),
    '"accountingTime": Invalid datetime.',
  ],
];

describe.each(['createEphemeral', 'createOrUpdate'])('%s refuses with 400', (operation) => {
  const withId = (body: unknown) =>
    operation === 'createOrUpdate' && typeof body === 'object' && body !== null && !Array.isArray(body)
      ? { id: 'inv-1', ...body }
      : body;

  it.each(MALFORMED)('%s', async (_, body, sentence) => {
    const { status, headers, body: refusal } = await post(operation, withId(body));
    expect([status, headers.get('content-type'), refusal]).toEqual([
      400,
      'application/json',
      `Request body: ${sentence}`,
    ]);
    expect(simulator.books.transactions()).toEqual([]);
  });
});

describe('the id of a transaction', () => {
  it('is required, and not empty, where it is recorded', async () => {
    expect((await post('createOrUpdate', aDocument())).body).toBe('Request body: "id": Required.');
    expect((await post('createOrUpdate', aTransaction(''))).status).toBe(400);
  });

  it('is unknown where nothing is recorded', async () => {
    expect((await post('createEphemeral', aTransaction('inv-1'))).body).toBe(
      "Request body: Unrecognized key(s) in object: 'id'.",
    );
  });
});

describe.each([
  ['createNegation', {}, '"originalTransactionId": Required.'],
  ['createNegation', { originalTransactionId: 'a' }, '"newTransactionId": Required.'],
  [
    'createNegation',
    { originalTransactionId: 'a', newTransactionId: 'b', originalTransactionExpectedVersion: '1' },
    '"originalTransactionExpectedVersion": Expected number, received string.',
  ],
  [
    'createNegation',
    { originalTransactionId: 'a', newTransactionId: 'b', c: 1 },
    "Unrecognized key(s) in object: 'c'.",
  ],
  ['id:a/void', { transactionExpectedVersion: 1.5 }, '"transactionExpectedVersion": Expected integer, received float.'],
  ['id:a/void', { version: 1 }, "Unrecognized key(s) in object: 'version'."],
])('%s of %j', (operation, body, sentence) => {
  it('is refused with 400', async () => {
    const refused = await post(operation, body);
    expect([refused.status, refused.body]).toEqual([400, `Request body: ${sentence}`]);
  });
});

describe.each(['createEphemeral', 'createOrUpdate'])('%s refuses with 409', (operation) => {
  it.each<[string, Record<string, unknown>, object]>([
    ['gold', aDocument({ currencyCode: 'xau' }), { type: 'currencyCodeNotSupported' }],
    ['a currency that is embargoed', aDocument({ currencyCode: 'KPW' }), { type: 'currencyCodeNotSupported' }],
    ['a currency that is none', aDocument({ currencyCode: '€€€' }), { type: 'currencyCodeNotSupported' }],
    [
      'a time without a zone, where the account has none',
      time({ accountingTime: '2026-03-01T00:00:00Z' }),
      { type: 'accountingTimeZoneNotSetForSeller' },
    ],
    ['32 days ahead', aDocument({ accountingDate: '2026-04-16' }), { type: 'taxDateTooFarInFuture' }],
    ['a tax date 32 days ahead', aDocument({ taxDate: '2026-04-16' }), { type: 'taxDateTooFarInFuture' }],
    ['1998', aDocument({ accountingDate: '1998-12-31' }), { type: 'taxDateTooFarInPast' }],
    ['a tax date in 1998', aDocument({ taxDate: '1998-12-31' }), { type: 'taxDateTooFarInPast' }],
    ['an address without country', address({ country: null }), { type: 'customerAddressCouldNotResolve' }],
    [
      'no address but a country',
      aDocument({ customerAddress: { country: 'US' } }),
      { type: 'customerAddressCouldNotResolve' },
    ],
    ['an unknown customer without a name', aDocument({ customerId: 'cus-9' }), { type: 'customerIdNotFound' }],
    [
      'an unknown product, naming it',
      aDocument({ lineItems: [aLine(), aLine({ productExternalId: 'nope' })] }),
      { type: 'productExternalIdUnknown', productExternalId: 'nope' },
    ],
    [
      'goods for Switzerland',
      aDocument({ customerAddress: { country: 'CH' }, lineItems: [aLine({ productExternalId: 'physical-goods' })] }),
      { type: 'productTaxCategoryNotSupportedForJuris' },
    ],
  ])('%s', async (_, body, conflict) => {
    const refused = await post(operation, operation === 'createOrUpdate' ? { id: 'inv-1', ...body } : body);
    expect([refused.status, refused.body]).toEqual([409, conflict]);
    expect(simulator.books.transactions()).toEqual([]);
  });

  it('only what is in shape: a malformed document is malformed first', async () => {
    const body = aDocument({ currencyCode: 'XAU', customerAddress: { country: 'Atlantis' }, lineItems: [] });
    expect((await post(operation, { ...(operation === 'createOrUpdate' && { id: 'a' }), ...body })).status).toBe(400);
  });
});

describe('createEphemeral accepts', () => {
  it.each<[string, unknown]>([
    ['a date 31 days ahead', aDocument({ accountingDate: '2026-04-15' })],
    ['the first day of 1999', aDocument({ accountingDate: '1999-01-01' })],
    ['a date together with a time', aDocument({ accountingTime: '2026-03-01T00:00:00Z' })],
    ['a time in a zone', time({ accountingTime: '2026-03-01T00:00:00+02:00', accountingTimeZone: 'Asia/Tokyo' })],
    ['1,200 lines', aDocument({ lineItems: Array.from({ length: 1_200 }, () => aLine()) })],
    ['the largest amount', line({ amount: 100_000_000_000 })],
    ['the smallest amount', line({ amount: -100_000_000_000 })],
    ['nothing', line({ amount: 0 })],
    ['a quantity of a half', line({ quantity: '0.5' })],
    ['nulls in an address', address({ line1: null, city: null, postalCode: null })],
    ['a legacy address', aDocument({ customerAddress: { ...US, line1: null, state: 'CO', zipCode: '80204' } })],
    ['a currency in small letters and without decimals', aDocument({ currencyCode: 'jpy', customerAddress: BERLIN })],
    ['a ship-from address that leads nowhere', aDocument({ shipFromAddress: {} })],
  ])('%s', async (_, body) => {
    expect(await post('createEphemeral', body)).toMatchObject({ status: 200 });
  });
});
