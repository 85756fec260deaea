import { describe, expect, it } from '@jest/globals';
import { HttpException, type Type } from '@nestjs/common';
import fc from 'fast-check';
import { ApiModule } from '../../apps/host/src/api/api.module.js';
import { showsSession } from '../../apps/host/src/api/access/session.js';
import { toMoment, toTimestamp } from '../../apps/host/src/api/input/moment.js';
import { toLagoError } from '../../apps/host/src/api/lago-error.js';
import { InvalidInputError, toDecimalText } from '../../apps/host/src/billing/index.js';
import { EnvironmentError, readEnvironment } from '../../apps/host/src/config/environment.js';
import { localPath } from '../../apps/host/src/sign-in/local-path.js';
import { checkedInputsOf } from '../support/checked-inputs.js';
import { expectSurvival, FUZZ_TIMEOUT_MS, nastyJson, nastyText } from '../support/fuzzing.js';

const { controllers } = ApiModule.register({ apiKey: 'key' } as never);
const inputs = checkedInputsOf(controllers as Type[]);
const VARIABLES = [
  'PORT',
  'DATABASE_URL',
  'SQLITE_FILE',
  'HOST_API_KEY',
  'ANROK_API_KEY',
  'ANROK_APP_URL',
  'ANROK_BASE_URL',
  'ANROK_ENCRYPTION_KEY',
  'ANROK_DECRYPTION_KEYS',
  'WEBHOOK_SIGNING_KEY',
  'WEBHOOK_RETENTION_DAYS',
  'WORKER',
  'REDIS_URL',
  'FLAT_TAX_RATE',
  'INVOICE_GRACE_PERIOD',
  'LOG_FORMAT',
  'NODE_ENV',
];
const VALUES = [
  'on',
  'off',
  'json',
  '3000',
  '0.1',
  'postgres://',
  'http://',
  'redis://',
  'rediss:',
  'host',
  '/',
  'production',
  'AAAA',
  // one that is taken, so that lists of them are too
  Buffer.alloc(32, 3).toString('base64'),
  ',',
  ' ',
];

describe('what the sample host is given from outside is taken or refused:', () => {
  it('all variables of its environment are here', () => {
    const asked = new Set<string>();
    const all = new Proxy({}, { get: (_, name) => void asked.add(String(name)) });
    readEnvironment(all);
    expect(VARIABLES.toSorted()).toEqual([...asked].toSorted());
  });

  it('all inputs of its API are here', () => {
    expect(inputs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['CustomerBody', 'PlanBody', 'UsageEventBatchBody', 'WebhookEndpointBody']),
    );
  });

  it.each(inputs.map((input) => [input.name, input] as const))(
    'a %s',
    (_, { fields, read }) =>
      expectSurvival(
        nastyJson(...fields),
        async (json) => {
          try {
            await read(JSON.parse(json));
          } catch (error) {
            expect(toLagoError(error).status).toBeLessThan(500);
            throw error;
          }
        },
        InvalidInputError,
        HttpException,
      ),
    FUZZ_TIMEOUT_MS,
  );

  const moment = nastyText(
    '2026',
    '-',
    '01',
    '31',
    'T',
    ':',
    '10',
    'Z',
    '+',
    '.',
    '9',
    '-07:00',
    '2026-01-31T10:20:30',
  );
  const PARSERS: Record<string, readonly [fc.Arbitrary<unknown>, (input: never) => unknown]> = {
    'its environment': [
      fc.dictionary(fc.constantFrom(...VARIABLES), nastyText(...VALUES)),
      (variables: Record<string, string>) => {
        const { anrok, webhooks } = readEnvironment(variables);
        for (const key of [anrok.encryptionKey, webhooks.signingKey, ...(anrok.decryptionKeys ?? [])])
          expect(key).toHaveLength(32);
      },
    ],
    'a moment': [moment, (text: string) => toMoment(text)?.toISOString()],
    'a timestamp': [
      fc.oneof(moment, fc.double(), fc.anything()),
      (value: unknown) => toTimestamp(value)?.toISOString(),
    ],
    'a quantity': [
      fc.oneof(nastyText('1', '.', '-', 'e'), fc.double(), fc.anything()),
      (value: unknown) => expect(toDecimalText(value) ?? '0').toMatch(/^-?\d{1,30}(\.\d{1,30})?$/),
    ],
    'a cookie': [
      nastyText('host_session', '=', ';', ' ', 'a'),
      (cookies: string) => expect(showsSession(cookies, 'key')).toBe(false),
    ],
    'where to go on after signing in': [
      fc.oneof(nastyText('/', '\\', '//', 'http:', 'evil.example', '\t', '\n', '@', '?', '#', '..'), fc.anything()),
      (next: unknown) => {
        const path = localPath(next);
        // as a browser reads it
        expect(new URL(path, 'http://host.example').origin).toBe('http://host.example');
        expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      },
    ],
  };
  it.each(Object.entries(PARSERS))(
    '%s',
    (_, [given, read]) => expectSurvival(given, read as (input: unknown) => unknown, EnvironmentError),
    FUZZ_TIMEOUT_MS,
  );
});
