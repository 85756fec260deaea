import { describe, expect, it } from '@jest/globals';
import countries from 'i18n-iso-countries';
import { toCountryCode } from './country.js';

/** The only names of the list that more than one country has, or the code of another one. */
const CLAIMED_TWICE = [
  'An Congó',
  'Congo',
  'Kongo',
  'Nga',
  'S.A.',
  'Shën Martin',
  'São Martinho',
  'Конго',
  'މެލޭޝިޔާ',
  'މޮންގޯލިއާ',
  'މޮރޮކޯ',
];

function everyName(): (readonly [name: string, code: string])[] {
  return countries
    .langs()
    .flatMap((language) => Object.entries(countries.getNames(language, { select: 'all' })))
    .flatMap(([code, names]) => names.map((name) => [name, code] as const));
}

describe('toCountryCode', () => {
  it.each([
    ['us', 'US'],
    ['USA', 'US'],
    [' United States ', 'US'],
    ['U.S.A.', 'US'],
    ['uk', 'GB'],
    ['U.K.', 'GB'],
    ['Great Britain', 'GB'],
    ['England', 'GB'],
    ['DEU', 'DE'],
    ['Deu', 'DE'],
    ['South Korea', 'KR'],
    ['Georgia', 'GE'],
    ['Republic of the Congo', 'CG'],
    ['Democratic Republic of the Congo', 'CD'],
    ['Deutschland', 'DE'],
    ['Österreich', 'AT'],
    ['cote d’ivoire', 'CI'],
    ['Türkiye', 'TR'],
    ['Turkiye', 'TR'],
    ['Россия', 'RU'],
    ['ΕΛΛΑΔΑ', 'GR'],
    ['日本', 'JP'],
    ['EL', 'GR'],
    ['my', 'MY'],
    ['Mỹ', 'US'],
    ['BI', 'BI'],
    ['Bỉ', 'BE'],
    ['NGA', 'NG'],
    ['SA', 'SA'],
    ['मालदीव', 'MV'],
    ['टोंगा', 'TO'],
  ])('reads %j as %s', (text, code) => {
    expect(toCountryCode(text)).toBe(code);
  });

  it.each(['', ' ', 'ZZ', 'Erewhon', 'constructor', '__proto__', 'US; drop table'])('does not guess %j', (text) => {
    expect(toCountryCode(text)).toBeUndefined();
  });

  it.each([
    ['Nga', 'Russia in Vietnamese, or Nigeria by its code'],
    ['My', 'the US in Vietnamese without marks, or Malaysia by its code'],
    ['Bi', 'Belgium in Vietnamese without marks, or Burundi by its code'],
    ['S.A.', 'the US in Irish, or Saudi Arabia by its code'],
    ['Congo', 'one of two'],
    ['São Martinho', 'the French or the Dutch part'],
    ['Sao Martinho', 'the same'],
    ['कवत', 'Kuwait without its vowels'],
  ])('does not guess which country %j is: %s', (text) => {
    expect(toCountryCode(text)).toBeUndefined();
  });

  describe.each<[string, (name: string) => string]>([
    ['as it is', (name) => name],
    ['composed', (name) => name.normalize('NFC')],
    ['decomposed', (name) => name.normalize('NFD')],
    ['in small letters', (name) => name.toLowerCase()],
    ['between spaces', (name) => ` ${name}\n`],
  ])('of every name in every language, written %s,', (_, write) => {
    it('makes its own country, or nothing where it is another one’s too', () => {
      const found = everyName().map(([name, code]) => ({ name, code, found: toCountryCode(write(name)) }));
      expect(found.filter((one) => one.found !== undefined && one.found !== one.code)).toEqual([]);
      const unclear = new Set(found.filter((one) => one.found === undefined).map(({ name }) => name));
      expect([...unclear].toSorted()).toEqual(CLAIMED_TWICE.toSorted());
    });
  });

  it('never makes another country of a name whose marks were left out', () => {
    const found = everyName().map(([name, code]) => {
      const bare = name.normalize('NFD').replace(/(?<=\p{L})\p{Mn}+/gu, '');
      return { name, code, found: toCountryCode(bare) ?? code };
    });
    expect(found.filter((one) => one.found !== one.code)).toEqual([]);
  });

  it('knows every code and every English name', () => {
    for (const [code, name] of Object.entries(countries.getNames('en', { select: 'official' }))) {
      expect(toCountryCode(code)).toBe(code);
      expect(toCountryCode(name)).toBe(code);
    }
  });
});
