import { Decimal, isDecimalString } from '@anrok-nest/tax';

/** Everything that the application is told from outside. */
export interface Environment {
  readonly port: number;
  readonly database: DatabaseLocation;
  /** The bearer key of the API. */
  readonly apiKey: string;
  readonly anrok: {
    /** Absent: no Anrok account is set up beforehand. */
    readonly apiKey?: string;
    /** Absent: Anrok's own address. */
    readonly baseUrl?: string;
    /** Where links to Anrok's pages lead. Absent: to Anrok's own, and nowhere where the base URL is another. */
    readonly appUrl?: string;
    /** 32 bytes. Encrypts Anrok's keys where they are stored. */
    readonly encryptionKey: Buffer;
    /** Others under which they may be stored, while the key is exchanged. */
    readonly decryptionKeys?: readonly Buffer[];
  };
  readonly webhooks: {
    /** 32 bytes, from which every endpoint's secret is derived. */
    readonly signingKey: Buffer;
    /** Days after which delivered ones are deleted. */
    readonly retentionDays: number;
  };
  /** Whether this process bills, brings invoices to Anrok and sends webhooks, or only serves the web. */
  readonly worker: boolean;
  /** Where Redis is, over which documents go to the workers. Absent: the workers look for them in the database. */
  readonly redisUrl?: string;
  /** Decimal string from 0 to 1: the tax of customers whom no other strategy takes. */
  readonly flatTaxRate: string;
  /** Days in which an invoice over a period stays a draft, for customers without days of their own. */
  readonly invoiceGracePeriod: number;
  /** For people or for programs. */
  readonly logFormat: 'text' | 'json';
}

type DatabaseLocation =
  { readonly kind: 'postgresql'; readonly url: string } | { readonly kind: 'sqlite'; readonly file: string };

/** The application can't start like this. Names every variable that is wrong, and never a value: some are secret. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`These environment variables are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

/** For trying things out on one's own machine. */
export const DEFAULT_API_KEY = 'host_api_key';
// Known to everybody who reads this: good for trying things out on one's own machine, and refused in production.
const DEFAULT_ENCRYPTION_KEY = Buffer.from('anrok-nest local development key').toString('base64');
const DEFAULT_WEBHOOK_KEY = Buffer.from('anrok-nest local key of webhooks').toString('base64');

const A_KEY =
  'exactly 32 bytes as base64 or as 64 hexadecimal digits, for example the output of `openssl rand -base64 32`';

/** The one place that reads the process's environment. @throws EnvironmentError */
export function loadEnvironment(): Environment {
  return readEnvironment(process.env);
}

/**
 * Reads and checks the variables; a blank one counts as absent.
 *
 * @throws EnvironmentError with a sentence for every variable that is wrong, all at once
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const problems: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | undefined, give: string, fallback?: string) => {
    const text = env[name]?.trim() || fallback;
    const value = text === undefined ? undefined : parse(text);
    if (text !== undefined && value === undefined) problems.push(`${name}: give ${give}.`);
    return value;
  };
  const localOnly = (name: string, fallback: string) => {
    if (env['NODE_ENV'] !== 'production') return fallback;
    if (!env[name]?.trim()) problems.push(`${name}: give one of your own; there is no default in production.`);
    return undefined;
  };

  const port = read('PORT', toPort, 'a whole number from 0 to 65535', '3000');
  const databaseUrl = read('DATABASE_URL', toPostgresUrl, 'an address like postgres://user@host:5432/name');
  const sqliteFile = read('SQLITE_FILE', (text) => text, 'the path of a file', 'data/host.sqlite');
  const apiKey = read('HOST_API_KEY', toToken, 'a key without spaces', localOnly('HOST_API_KEY', DEFAULT_API_KEY));
  const anrokApiKey = read('ANROK_API_KEY', toToken, 'a key without spaces, as Anrok shows it');
  const anrokBaseUrl = read('ANROK_BASE_URL', toHttpUrl, 'an address like https://api.anrok.com');
  const anrokAppUrl = read('ANROK_APP_URL', toHttpUrl, 'an address like https://app.anrok.com');
  const encryptionKey = read(
    'ANROK_ENCRYPTION_KEY',
    toKey,
    A_KEY,
    localOnly('ANROK_ENCRYPTION_KEY', DEFAULT_ENCRYPTION_KEY),
  );
  const decryptionKeys = read('ANROK_DECRYPTION_KEYS', toKeys, `one key or several with commas, each ${A_KEY}`);
  const signingKey = read('WEBHOOK_SIGNING_KEY', toKey, A_KEY, localOnly('WEBHOOK_SIGNING_KEY', DEFAULT_WEBHOOK_KEY));
  const retentionDays = read('WEBHOOK_RETENTION_DAYS', toRetentionDays, 'a whole number from 1 to 3650', '30');
  const worker = read('WORKER', toSwitch, 'on or off', 'on');
  const redisUrl = read('REDIS_URL', toRedisUrl, 'an address like redis://localhost:6379');
  const flatTaxRate = read('FLAT_TAX_RATE', toRate, 'a decimal from 0 to 1, such as 0.2 for 20 %', '0.10');
  const invoiceGracePeriod = read('INVOICE_GRACE_PERIOD', toGraceDays, 'a whole number of days from 0 to 365', '0');

  const logFormat = read('LOG_FORMAT', toLogFormat, 'text or json', 'text');
  if (problems.length > 0) throw new EnvironmentError(problems);
  return {
    port: port!,
    database: databaseUrl ? { kind: 'postgresql', url: databaseUrl } : { kind: 'sqlite', file: sqliteFile! },
    apiKey: apiKey!,
    anrok: {
      encryptionKey: encryptionKey!,
      ...(decryptionKeys && { decryptionKeys }),
      ...(anrokApiKey && { apiKey: anrokApiKey }),
      ...(anrokBaseUrl && { baseUrl: anrokBaseUrl }),
      ...(anrokAppUrl && { appUrl: anrokAppUrl }),
    },
    webhooks: { signingKey: signingKey!, retentionDays: retentionDays! },
    worker: worker!,
    ...(redisUrl && { redisUrl }),
    flatTaxRate: flatTaxRate!,
    invoiceGracePeriod: invoiceGracePeriod!,
    logFormat: logFormat!,
  };
}

const toWhole = (least: number, most: number) => (text: string) =>
  /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined;

const toPort = toWhole(0, 65_535);

const toGraceDays = toWhole(0, 365);

const toRetentionDays = toWhole(1, 3_650);

const toSwitch = (text: string) => (text === 'on' ? true : text === 'off' ? false : undefined);

const toLogFormat = (text: string) => (text === 'text' || text === 'json' ? text : undefined);
const toToken = (text: string) => (/^\S+$/.test(text) ? text : undefined);

const toUrl = (text: string, ...protocols: string[]) =>
  protocols.includes(URL.parse(text)?.protocol ?? '') ? text : undefined;

const toHttpUrl = (text: string) => toUrl(text, 'http:', 'https:')?.replace(/(?<!\/)\/+$/, '');

const toPostgresUrl = (text: string) => toUrl(text, 'postgres:', 'postgresql:');

const toRedisUrl = (text: string) => toUrl(text, 'redis:', 'rediss:');

const toRate = (text: string) =>
  isDecimalString(text) && new Decimal(text).gte(0) && new Decimal(text).lte(1) ? text : undefined;

function toKeys(text: string): readonly Buffer[] | undefined {
  const keys = text.split(',').map((key) => toKey(key.trim()));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

function toKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  // Buffer.from skips what is not base64 without a word, so the text is checked first
  const bytes = /^[A-Za-z0-9+/]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return bytes?.length === 32 ? bytes : undefined;
}
