import { describe, expect, it } from '@jest/globals';
import type { Address, TaxCustomer } from '@anrok-nest/tax';
import fc from 'fast-check';
import { toAnrokAddress } from './customer-address.js';

const denver: Address = { line1: '1450 Cherokee St', city: 'Denver', region: 'CO', postalCode: '80204', country: 'US' };
const berlin: Address = { line1: 'Unter den Linden 1', city: 'Berlin', postalCode: '10117', country: 'Germany' };
const customer = (shippingAddress?: Address, billingAddress?: Address): TaxCustomer => ({
  id: 'cus-1',
  taxIds: [],
  ...(shippingAddress && { shippingAddress }),
  ...(billingAddress && { billingAddress }),
});

describe('toAnrokAddress', () => {
  it('prefers the shipping address', () => {
    expect(toAnrokAddress(customer(denver, berlin))).toEqual(denver);
  });

  it.each<[string, Address | undefined]>([
    ['missing', undefined],
    ['blank in every field', { line1: ' ', city: '', country: '' }],
    ['without a country', { city: 'Denver', region: 'CO' }],
    ['in a country that nobody knows', { country: 'Erewhon', city: 'Butler' }],
    ['in the US without region and postal code', { country: 'US', city: 'Springfield' }],
  ])('takes the billing address when the shipping address is %s', (_, shipping) => {
    expect(toAnrokAddress(customer(shipping, berlin))).toEqual({ ...berlin, country: 'DE' });
  });

  it('takes one address whole and never fills its gaps from the other', () => {
    expect(toAnrokAddress(customer({ country: 'FR' }, denver))).toEqual({ country: 'FR' });
  });

  it('sends the second line with the first', () => {
    expect(toAnrokAddress(customer({ ...denver, line2: 'Suite 200' }))).toEqual({
      ...denver,
      line1: '1450 Cherokee St, Suite 200',
    });
  });

  it('says of both addresses what they lack', () => {
    expect(() => toAnrokAddress(customer({ city: 'Denver' }, { country: 'Erewhon' }))).toThrow(
      expect.objectContaining({
        code: 'customer_address_unusable',
        problem: expect.objectContaining({
          details: {
            customerId: 'cus-1',
            shipping: 'has no country',
            billing: 'has the unknown country "Erewhon"',
          },
        }),
      }),
    );
  });

  it('never sends an empty field, an unknown field, or two addresses in one', () => {
    const field = fc.option(fc.constantFrom('', ' ', 'x', '12345'), { nil: undefined });
    const address = fc.record({
      line1: field,
      line2: field,
      city: field,
      region: field,
      postalCode: field,
      country: fc.constantFrom(undefined, '', 'US', 'de', 'Atlantis'),
    }) as fc.Arbitrary<Address>;
    const fields = ['country', 'line1', 'city', 'region', 'postalCode'];
    fc.assert(
      fc.property(address, address, (shipping, billing) => {
        let sent: object;
        try {
          sent = toAnrokAddress(customer(shipping, billing));
        } catch {
          return;
        }
        for (const [key, value] of Object.entries(sent)) {
          expect(fields).toContain(key);
          expect(value).not.toBe('');
        }
        const alone = [shipping, billing].map((one) => {
          try {
            return toAnrokAddress(customer(one));
          } catch {
            return undefined;
          }
        });
        expect(alone).toContainEqual(sent);
      }),
    );
  });
});
