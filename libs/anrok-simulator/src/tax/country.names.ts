/** ISO 3166-1 alpha-2. Listed, as Intl also names groupings and withdrawn codes. */
const CODES = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
  CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
  GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
  KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
  MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
  SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
  UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`
  .trim()
  .split(/\s+/);

const ALIASES: Readonly<Record<string, string>> = {
  AMERICA: 'US',
  'CZECH REPUBLIC': 'CZ',
  EL: 'GR',
  ENGLAND: 'GB',
  'GREAT BRITAIN': 'GB',
  HOLLAND: 'NL',
  'HONG KONG': 'HK',
  'NORTHERN IRELAND': 'GB',
  SCOTLAND: 'GB',
  'THE NETHERLANDS': 'NL',
  TURKEY: 'TR',
  'U.K.': 'GB',
  'U.S.': 'US',
  'U.S.A.': 'US',
  UK: 'GB',
  'UNITED STATES OF AMERICA': 'US',
  USA: 'US',
  WALES: 'GB',
};

const english = new Intl.DisplayNames('en', { type: 'region' });
const codesByName = new Map([
  ...CODES.map((code) => [code, code] as const),
  ...CODES.map((code) => [normalized(countryName(code)), code] as const),
  ...Object.entries(ALIASES),
]);

/** In capitals, without accents, with single spaces: "québec " is "QUEBEC". */
export function normalized(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase();
}

/** The code of a country given by code, English name or a common alias. */
export function countryCode(country: string): string | undefined {
  return codesByName.get(normalized(country));
}

export function countryName(code: string): string {
  return english.of(code) ?? code;
}
