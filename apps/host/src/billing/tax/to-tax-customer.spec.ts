import { describe, expect, it } from '@jest/globals';
import { Customer } from '../customer/customer.entity.js';
import { PostalAddress } from '../customer/postal-address.embeddable.js';
import { toTaxCustomer } from './to-tax-document.js';

const address = (parts: Partial<PostalAddress> = {}) => Object.assign(new PostalAddress(), parts);
const customer = (fields: Partial<Customer>) =>
  Object.assign(new Customer(), {
    externalId: 'acme',
    address: address(),
    shippingAddress: address(),
    ...fields,
  });

describe('a customer in the words of tax', () => {
  it('has no more than its id when nothing else is known', () => {
    expect(toTaxCustomer(customer({ name: null }))).toEqual({ id: 'acme', taxIds: [] });
  });

  it.each([
    [{ legalName: 'Acme Incorporated', name: 'Acme', firstname: 'Ada' }, 'Acme Incorporated'],
    [{ name: 'Acme', firstname: 'Ada', lastname: 'Lovelace' }, 'Acme'],
    [{ firstname: 'Ada', lastname: 'Lovelace' }, 'Ada Lovelace'],
    [{ lastname: 'Lovelace' }, 'Lovelace'],
  ])('is called, for %j, %s', (fields, name) => {
    expect(toTaxCustomer(customer(fields)).name).toBe(name);
  });

  it('has both addresses as they are, each whole or not at all', () => {
    const shippingAddress = address({ country: 'FR', city: null });
    const billing = { line1: '1450 Cherokee St', line2: 'Floor 2', city: 'Denver', country: 'US' };
    const fields = { shippingAddress, address: address({ ...billing, state: 'CO', zipcode: '80204' }) };
    expect(toTaxCustomer(customer(fields))).toMatchObject({
      shippingAddress: { country: 'FR' },
      billingAddress: { ...billing, region: 'CO', postalCode: '80204' },
    });
    expect(toTaxCustomer(customer(fields)).shippingAddress).toEqual({ country: 'FR' });
  });

  it('has the tax id that it gave', () => {
    expect(toTaxCustomer(customer({ taxIdentificationNumber: 'DE123' })).taxIds).toEqual(['DE123']);
  });
});
