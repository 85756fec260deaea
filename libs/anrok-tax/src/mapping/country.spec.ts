import { describe, expect, it } from '@jest/globals';
import countries from 'i18n-iso-countries';
import { toCountryCode } from './country.js';

describe('toCountryCode', () => {
  it.each([
    ['us', 'US'],
    ['USA', 'US'],
    [' United States ', 'US'],
    ['U.S.A.', 'US'],
    ['uk', 'GB'],
    ['England', 'GB'],
    ['DEU', 'DE'],
    ['Deutschland', 'DE'],
    ['Österreich', 'AT'],
    ['cote d’ivoire', 'CI'],
    ['Türkiye', 'TR'],
    ['Россия', 'RU'],
    ['日本', 'JP'],
    ['EL', 'GR'],
  ])('reads %j as %s', (text, code) => {
    expect(toCountryCode(text)).toBe(code);
  });

  it.each(['', ' ', 'ZZ', 'Erewhon', 'constructor', '__proto__', 'US; drop table'])('does not guess %j', (text) => {
    expect(toCountryCode(text)).toBeUndefined();
  });

  it('knows every code and every English name', () => {
    for (const [code, name] of Object.entries(countries.getNames('en', { select: 'official' }))) {
      expect(toCountryCode(code)).toBe(code);
      expect(toCountryCode(name)).toBe(code);
    }
  });
});
