import { describe, expect, it } from '@jest/globals';
import { resolveJurisdictions } from './address.resolution.js';
import { type ExemptionCertificate, exemptionOf, isTaxIdOf } from './exemptions.js';

const at = (country: string, region: string | null = null, city: string | null = null) =>
  resolveJurisdictions({ country, region, city, line1: null, postalCode: null })!;
const [colorado, denver] = at('US', 'CO', 'Denver') as [ReturnType<typeof at>[0], ReturnType<typeof at>[0]];
const [texas] = at('US', 'TX') as [typeof colorado];

const aCertificate = (changes: Partial<ExemptionCertificate> = {}): ExemptionCertificate => ({
  effectiveDateBegin: '2026-01-01',
  isArchived: false,
  jurises: [{ jurisId: 'us-CO', effectiveDateEndi: '2026-12-31' }],
  ...changes,
});
const exempted = (certificate: ExemptionCertificate, jurisdiction = colorado, date = '2026-06-01') =>
  exemptionOf({ taxIds: [], certificates: [certificate] }, jurisdiction, date);

describe('an exemption certificate', () => {
  it('holds in its state and in the towns below it, and nowhere else', () => {
    expect(exempted(aCertificate())).toBe('customerExempt');
    expect(exempted(aCertificate(), denver)).toBe('customerExempt');
    expect(exempted(aCertificate(), texas)).toBeUndefined();
  });

  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', 'customerExempt'],
    ['2026-12-31', 'customerExempt'],
    ['2027-01-01', undefined],
  ])('on %s gives %s: its first and its last day count', (date, reason) => {
    expect(exempted(aCertificate(), colorado, date)).toBe(reason);
  });

  it('without an end never ends', () => {
    const certificate = aCertificate({ jurises: [{ jurisId: 'us-CO', effectiveDateEndi: null }] });
    expect(exempted(certificate, colorado, '2099-01-01')).toBe('customerExempt');
  });

  it('ends when it is archived', () => {
    expect(exempted(aCertificate({ isArchived: true }))).toBeUndefined();
  });
});

describe('a tax id', () => {
  it.each([
    ['DE', 'DE123456789', true],
    ['DE', 'de 123.456-789', true],
    ['DE', 'DE12345678', false],
    ['DE', '123456789', false],
    ['DE', 'FR12345678901', false],
    ['FR', 'FRAB123456789', true],
    ['GR', 'EL123456789', true],
    ['GR', 'GR123456789', false],
    ['NL', 'NL123456789B01', true],
    ['GB', 'GB123456789', true],
    ['GB', 'GBGD001', true],
    ['AU', '51 824 753 556', true],
    ['AU', '5182475355', false],
    ['NO', '123456789', false],
  ])('of %s: %s is plausible: %s', (country, taxId, plausible) => {
    expect(isTaxIdOf(at(country)[0]!, taxId)).toBe(plausible);
  });

  it.each(['DE', 'GB', 'AU'])('of a business in %s moves the tax to it', (country) => {
    const taxIds = ['DE123456789', 'GB123456789', '51824753556'];
    expect(exemptionOf({ taxIds, certificates: [] }, at(country)[0]!, '2026-01-01')).toBe('reverseCharge');
  });

  it('of another country moves nothing', () => {
    expect(exemptionOf({ taxIds: ['FR12345678901'], certificates: [] }, at('DE')[0]!, '2026-01-01')).toBeUndefined();
  });

  it('moves nothing in Canada, where it is only validated', () => {
    expect(exemptionOf({ taxIds: ['123456789'], certificates: [] }, at('CA', 'ON')[0]!, '2026-01-01')).toBeUndefined();
  });
});
