import { describe, expect, it } from '@jest/globals';
import { simulators } from '../testing/simulators.js';

const start = simulators();
const question = (customerAddress: object, ...values: string[]) => ({
  customerAddress,
  customerTaxIds: values.map((value) => ({ value })),
});

describe('taxId/validate', () => {
  it('says for each jurisdiction what to collect and which ids are valid there', async () => {
    const { post } = await start();
    const quebec = {
      country: 'CA',
      line1: '123 Main St',
      city: 'Quebec City',
      region: 'Quebec',
      postalCode: 'G1P 2J6',
    };
    const { body } = await post('taxId/validate', question(quebec, '123456789RT0001', '1234567890TQ0001', 'x'));
    expect(body).toEqual({
      jurises: [
        {
          name: 'Canada (federal)',
          taxIdNames: { name: 'GST/HST account number', abbreviation: null },
          validTaxIds: [{ value: '123456789RT0001' }],
        },
        {
          name: 'Quebec',
          taxIdNames: { name: 'QST registration number', abbreviation: null },
          validTaxIds: [{ value: '1234567890TQ0001' }],
        },
      ],
    });
  });

  it('without ids says what to collect', async () => {
    const { post } = await start();
    expect((await post('taxId/validate', question({ country: 'FR' }))).body).toMatchObject({
      jurises: [{ name: 'France', validTaxIds: [] }],
    });
  });

  it.each([
    [question({ country: 'US', region: 'CO' }, '1'), 'validationNotSupportedForCountry'],
    [question({ country: 'BR' }, '1'), 'validationNotSupportedForCountry'],
    [question({}, '1'), 'customerAddressCouldNotResolve'],
  ])('refuses %j', async (body, type) => {
    const { post } = await start();
    expect(await post('taxId/validate', body)).toMatchObject({ status: 409, body: { type } });
  });

  it('refuses what is out of shape, legacy addresses among it', async () => {
    const { post } = await start();
    expect((await post('taxId/validate', {})).body).toBe('Request body: "customerAddress": Required.');
    const legacy = question({ country: 'us', state: 'CO' });
    expect((await post('taxId/validate', legacy)).body).toContain("Unrecognized key(s) in object: 'state'");
  });

  it('refuses everything while it is off', async () => {
    const { post } = await start({ features: { validateTaxIds: false } });
    expect(await post('taxId/validate', question({ country: 'FR' }))).toMatchObject({
      status: 409,
      body: { type: 'validationNotEnabled' },
    });
  });
});
