import { describe, expect, it } from '@jest/globals';
import { AnrokTaxConfigurationError, type AnrokTaxModuleOptions } from '@anrok-nest/module';
import { assertTaxDocument, fromDecimalString, isDecimalString, TaxError } from '@anrok-nest/tax';
import fc from 'fast-check';
import { adminControllers } from '../../libs/anrok-tax/src/admin/admin.controllers.js';
import { isCrossSite } from '../../libs/anrok-tax/src/admin/cross-site.js';
import { toDocument } from '../../libs/anrok-tax/src/cli/commands/estimate.command.js';
import { recordIdIn } from '../../libs/anrok-tax/src/bullmq/sync-job.js';
import { ApiKeyCipher } from '../../libs/anrok-tax/src/connection/api-key.cipher.js';
import { dashboardControllers } from '../../libs/anrok-tax/src/dashboard/dashboard.js';
import { toTold } from '../../libs/anrok-tax/src/dashboard/shell/notice.js';
import { PagePlace } from '../../libs/anrok-tax/src/dashboard/shell/page-place.js';
import { readMappingCsv } from '../../libs/anrok-tax/src/mapping/mapping-csv.js';
import { AnrokTaxOptions } from '../../libs/anrok-tax/src/options/resolve-options.js';
import { fromCursor } from '../../libs/anrok-tax/src/records/record-cursor.js';
import { checkedInputsOf } from '../support/checked-inputs.js';
import { expectSurvival, FUZZ_TIMEOUT_MS, nastyJson, nastyText } from '../support/fuzzing.js';

const parsed = (text: string): unknown => JSON.parse(text);
const document = nastyJson(
  'kind',
  'id',
  'currency',
  'accountingDate',
  'taxDate',
  'customer',
  'lines',
  'item',
  'amount',
);
const inputs = checkedInputsOf([...adminControllers, ...dashboardControllers]);
const encryptionKey = Buffer.alloc(32, 1).toString('base64');
const cipher = new ApiKeyCipher(AnrokTaxOptions.from({ encryptionKey }));
const encrypted = cipher.encrypt('acme/key-1/secret', 'c1').split('.');

describe('what the module is given from outside is taken or refused:', () => {
  it('all inputs of the admin API and the dashboard are here', () => {
    expect(inputs.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'CreateConnectionDto',
        'EstimateDto',
        'ListRecordsDto',
        'ResyncFilterDto',
        'SelectionDto',
      ]),
    );
  });

  it.each(inputs.map((input) => [input.name, input] as const))(
    'a %s',
    (_, { fields, read }) => expectSurvival(nastyJson(...fields), (json) => read(parsed(json)), TaxError),
    FUZZ_TIMEOUT_MS,
  );

  const PARSERS: Record<string, readonly [fc.Arbitrary<unknown>, (input: never) => unknown]> = {
    'a document as a file': [fc.oneof(document, nastyText('{', '}', '"', ':', '[', 'lines')), readDocument],
    'a job out of Redis': [nastyJson('recordId', 'connection'), (json: string) => recordIdIn(parsed(json))],
    'a file of mappings': [
      fc
        .tuple(
          fc.constantFrom(
            '',
            'item_type,item_id,product_external_id\n',
            '\uFEFFitem_type;item_id;product_external_id\r\n',
          ),
          nastyText(
            '"',
            ',',
            ';',
            '\t',
            '\n',
            '\r',
            'add_on',
            'fallback',
            '*',
            "'=",
            '\uFEFF',
            'item_type',
            ',,',
            '""',
          ),
        )
        .map((parts) => parts.join('')),
      (csv: string) => readMappingCsv(csv),
    ],
    'the cursor of a list': [
      fc.oneof(
        nastyText('0', '9', ' ', '-', 'a', '019b0000-0000-7000-8000-000000000000').map((text) =>
          Buffer.from(text).toString('base64url'),
        ),
        nastyText('A', '=', '_', '-'),
      ),
      (text: string) => fromCursor(text).requestedAt.toISOString(),
    ],
    'an amount in decimals': [nastyText('1', '0', '.', '-', 'e', '+', ','), readAmount],
    'a key as it is stored': [
      nastyText(...encrypted, '.', 'v1', 'v2', '=', 'A'),
      (text: string) => expect(cipher.decrypt(text, 'c1')).toBe('acme/key-1/secret'),
    ],
    'where a request says that it comes from': [
      fc.record({
        origin: nastyText('http', '://', 'host', ':', '3000', '@', 'null'),
        host: nastyText('host', ':', '3000'),
      }),
      (headers: Record<string, string>) => isCrossSite({ method: 'POST', headers }),
    ],
    'the address of a page': [
      nastyText('/', '?', '&', '=', 'anrok', 'documents', 'notice=due', 'count=2', '%', '%2F'),
      (url: string) => {
        const place = PagePlace.of(url, url.length % 4);
        expect(place.to('documents')).toMatch(/^\./);
        expect(place.afterwards(`documents?${url}`, 'due', 1).url).toMatch(/^\./);
        expect(toTold(place.query)?.sentence ?? '').toMatch(/^$|\.$/);
      },
    ],
    'the options of the host': [
      nastyJson('baseUrl', 'appUrl', 'worker', 'retry', 'resync', 'events', 'estimates', 'estimateCache', 'telemetry'),
      (json: string) => AnrokTaxOptions.from({ encryptionKey, ...(parsed(json) as Partial<AnrokTaxModuleOptions>) }),
    ],
  };
  it.each(Object.entries(PARSERS))(
    '%s',
    (_, [given, read]) =>
      expectSurvival(given, read as (input: unknown) => unknown, TaxError, AnrokTaxConfigurationError),
    FUZZ_TIMEOUT_MS,
  );
});

function readDocument(json: string): void {
  const read = toDocument('document.json', json);
  assertTaxDocument(read);
}

function readAmount(text: string): void {
  if (isDecimalString(text)) expect(Number.isSafeInteger(fromDecimalString(text, 'USD'))).toBe(true);
  else expect(() => fromDecimalString(text, 'USD')).toThrow(TaxError);
}
