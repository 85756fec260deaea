import countries from 'i18n-iso-countries';

/** What people write that no list of country names has. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['uk', 'GB'], // reserved, but not a code of ISO 3166
  ['el', 'GR'], // Greece's prefix in VAT numbers
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['northern ireland', 'GB'],
  ['holland', 'NL'],
]);

/**
 * The ISO 3166 two-letter code of a country given as a code of two or three letters or as a name in any language
 * that the list knows: "us", "DEU", "Deutschland", "Türkiye". Undefined when it is none of these.
 */
export function toCountryCode(text: string): string | undefined {
  const word = normalized(text);
  const code = word.toUpperCase();
  if (countries.isValid(code)) return code.length === 3 ? countries.alpha3ToAlpha2(code) : code;
  return ALIASES.get(word) ?? codesByName().get(word);
}

function normalized(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

let names: Map<string, string> | undefined;

/** Made on first use: 19,000 names in 76 languages. The first language to claim a name has it, English before all. */
function codesByName(): Map<string, string> {
  if (names) return names;
  names = new Map();
  for (const language of ['en', ...countries.langs()]) {
    for (const [code, known] of Object.entries(countries.getNames(language, { select: 'all' }))) {
      for (const name of known) if (!names.has(normalized(name))) names.set(normalized(name), code);
    }
  }
  return names;
}
