import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FeatureNotEnabledError, TaxIdService } from '@anrok-nest/module';
import type { Fault } from '@anrok-nest/simulator';
import type { Address, TaxCustomer } from '@anrok-nest/tax';
import { aLine, anInvoice } from '@anrok-nest/tax/testing';
import { type ModuleUnderTest, startModule } from '../support/module-under-test.js';

const BERLIN = { line1: 'Unter den Linden 1', city: 'Berlin', postalCode: '10117', country: 'Germany' };
const QUEBEC = { line1: '123 Main St', city: 'Quebec City', region: 'Quebec', postalCode: 'G1P 2J6', country: 'CA' };
const customer = (billingAddress: Address, ...taxIds: string[]): TaxCustomer => ({
  id: 'cus-1',
  name: 'Acme Inc',
  billingAddress,
  taxIds,
});

describe('the tax ids of a customer', () => {
  let tested: ModuleUnderTest;
  let taxIds: TaxIdService;
  beforeEach(async () => {
    tested = await startModule({ requestTimeoutMs: 600 });
    taxIds = tested.app.get(TaxIdService);
  });
  afterEach(() => tested.close());

  const lines = [aLine(), aLine({ id: 'line-2', amount: 2_500, taxIncluded: true })];

  it('leave the VAT to the buyer in what is estimated and recorded, with the reason on every line', async () => {
    const document = anInvoice({ currency: 'EUR', customer: customer(BERLIN, ' DE136695976 '), lines });
    const invoice = await tested.finalize(document);
    for (const calculation of [await tested.strategy.estimate(document), tested.host.taxesOf(invoice)!.calculation]) {
      expect(calculation).toMatchObject({ taxAmountToCollect: 0, taxIncludedAmount: 0 });
      for (const { jurisdictions } of calculation.lines)
        expect(jurisdictions).toEqual([
          expect.objectContaining({ name: 'Germany', treatment: 'notTaxed', notTaxedReason: 'reverseCharge' }),
        ]);
    }
  });

  it('leave the VAT with the seller where they are another country’s, or no tax ids', async () => {
    for (const taxId of ['FR12345678901', 'DE1']) {
      const document = anInvoice({ currency: 'EUR', customer: customer(BERLIN, taxId) });
      expect((await tested.strategy.estimate(document)).taxAmountToCollect).toBe(1_900);
    }
  });

  it('are valid or not, each where it belongs, however people write them', async () => {
    const given = ['123456789 RT 0001', '1234567890-TQ-0001', 'x', ' x ', ''];
    expect(await taxIds.validate(customer(QUEBEC, ...given))).toEqual({
      valid: ['123456789 RT 0001', '1234567890-TQ-0001'],
      invalid: ['x'],
      jurisdictions: [
        {
          name: 'Canada (federal)',
          taxIdName: 'GST/HST account number',
          taxIdAbbreviation: null,
          valid: ['123456789 RT 0001'],
        },
        {
          name: 'Quebec',
          taxIdName: 'QST registration number',
          taxIdAbbreviation: null,
          valid: ['1234567890-TQ-0001'],
        },
      ],
    });
  });

  it('that are there to collect are named by a country alone', async () => {
    expect(await taxIds.validate(customer({ country: 'DE' }))).toMatchObject({
      valid: [],
      invalid: [],
      jurisdictions: [{ name: 'Germany', taxIdName: 'VAT identification number', taxIdAbbreviation: 'VAT' }],
    });
  });

  it('can be asked for before the customer is linked, at a connection that is named', async () => {
    const newcomer = { ...customer(BERLIN, 'DE136695976'), id: 'newcomer' };
    await expect(taxIds.validate(newcomer)).rejects.toMatchObject({ code: 'customer_not_linked' });
    expect(tested.simulator.calls.all()).toEqual([]);
    const connection = await tested.connections.byCode('anrok');
    expect(await taxIds.validate(newcomer, connection)).toMatchObject({ valid: ['DE136695976'] });
  });

  const refusals: [string, Address, string][] = [
    ['no address', {}, 'customer_address_unusable'],
    ['a country without validation', { country: 'US', region: 'CO' }, 'anrok_validation_not_supported_for_country'],
  ];
  it.each(refusals)('are not called invalid for want of an answer: %s', async (_, address, code) => {
    await expect(taxIds.validate(customer(address, '1'))).rejects.toMatchObject({
      code,
      problem: { remedy: expect.stringMatching(/./) },
    });
  });

  const failures: [string, Fault][] = [
    ['anrok_rate_limited', { kind: 'status', status: 429, headers: { 'Retry-After': '40' } }],
    ['anrok_server_error', { kind: 'status', status: 503 }],
    ['anrok_timeout', { kind: 'timeout' }],
    ['anrok_external_service_error', { kind: 'status', status: 409, body: { type: 'externalServiceError' } }],
  ];
  it.each(failures)('are not called invalid while Anrok is in trouble: %s', async (code, fault) => {
    tested.simulator.faults.next('taxId.validate', fault);
    await expect(taxIds.validate(customer(BERLIN, 'DE1'))).rejects.toMatchObject({ code, problem: { retry: 'later' } });
  });

  it('say so where the account has no validation', async () => {
    tested.simulator.setFeatures({ validateTaxIds: false });
    const refused = taxIds.validate(customer(BERLIN, 'DE136695976'));
    await expect(refused).rejects.toBeInstanceOf(FeatureNotEnabledError);
    await expect(refused).rejects.toMatchObject({
      code: 'anrok_feature_not_enabled_on_account',
      feature: 'taxIdValidation',
      problem: {
        message: 'The validation of tax ids is not enabled on the Anrok account of connection "anrok".',
        remedy: expect.stringContaining('hello@anrok.com'),
        details: { feature: 'taxIdValidation', connection: 'anrok' },
      },
    });
  });
});
