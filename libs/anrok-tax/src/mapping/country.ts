import countries from 'i18n-iso-countries';

/** What people write that no list of country names has. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['el', 'GR'], // Greece's prefix in VAT numbers
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['northern ireland', 'GB'],
  ['holland', 'NL'],
]);

/** What is written so means the code, whatever it may mean as a word: Vietnamese "Nga" is Russia, "NGA" Nigeria. */
const WRITTEN_AS_CODE = /^(?:[A-Z]{2,3}|[a-z]{2})$/;

/**
 * The ISO 3166 two-letter code of a country given as a code of two or three letters or as a name in any language
 * that the list knows: "us", "DEU", "Deutschland", "Türkiye", "Turkiye". Undefined when it is none of these, or when it
 * may mean more than one of them: whoever is asked says it better, where a guess would tax the sale in a wrong country.
 */
export function toCountryCode(text: string): string | undefined {
  const code = text.trim();
  if (WRITTEN_AS_CODE.test(code) && countries.isValid(code)) return countries.toAlpha2(code);
  const word = normalized(text);
  const known = countriesByWord();
  return known.get(known.has(word) ? word : withoutMarks(word));
}

function normalized(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('.', '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** Of these scripts people leave marks out; in others a mark is a vowel, and the word is another one without it. */
function withoutMarks(word: string): string {
  return word.replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+/gu, '$1');
}

let words: Map<string, string | undefined> | undefined;

/** Made on first use: codes, and names in 78 languages, with and without marks. What several claim has no country. */
function countriesByWord(): ReadonlyMap<string, string | undefined> {
  if (words) return words;
  const claims = new Map<string, string | undefined>(ALIASES);
  const claim = (word: string, code: string) =>
    claims.set(word, claims.has(word) && claims.get(word) !== code ? undefined : code);
  for (const [long, code] of Object.entries(countries.getAlpha3Codes())) {
    claim(long.toLowerCase(), code);
    claim(code.toLowerCase(), code);
  }
  const named = countries
    .langs()
    .flatMap((language) => Object.entries(countries.getNames(language, { select: 'all' })));
  for (const [code, names] of named) {
    for (const word of names.map(normalized)) {
      claim(word, code);
      claim(withoutMarks(word), code);
    }
  }
  return (words = claims);
}
