import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY } from 'rxjs';
import { InvalidRequestError } from '../../libs/anrok-tax/src/admin/invalid-request.error.js';
import {
  FormFile,
  MultipartForm,
  UploadedFile,
} from '../../libs/anrok-tax/src/dashboard/shell/multipart-form.interceptor.js';
import { expectSurvival, FUZZ_TIMEOUT_MS, nastyText } from '../support/fuzzing.js';
import { contextOf, takenBy } from './taken-by.js';

/** As long as browsers make it: Node refuses shorter ones. */
const BOUNDARY = '----WebKitFormBoundaryAbCdEfGhIjKlMnOp';
const PART = `--${BOUNDARY}`;
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const field = (name: string, value: string) =>
  `${PART}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const FILE = `${PART}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\na,b\r\n`;

interface Form {
  readonly type: string;
  readonly chunks: readonly string[];
}

const part = fc.oneof(
  fc.constant(FILE),
  fc
    .tuple(nastyText('plan', 'file', '[]', '"'), nastyText('1', PART, '\r\n'))
    .map(([name, value]) => field(name, value)),
  nastyText(PART, '\r\n', '\r\n\r\n', 'Content-Disposition: form-data', '; name="file"', '; filename="', '"'),
);
const anyForm: fc.Arbitrary<Form> = fc.record({
  type: fc.oneof(
    { weight: 5, arbitrary: fc.constant(TYPE) },
    nastyText('; boundary=', BOUNDARY, '"', ';', 'charset=x').map((rest) => `multipart/form-data${rest}`),
  ),
  chunks: fc
    .tuple(fc.array(part, { maxLength: 6 }), fc.constantFrom(`${PART}--\r\n`, `${PART}--`, `${PART}\r\n`, ''))
    .map(([parts, end]) => [...parts, end]),
});

async function read({ type, chunks }: Form) {
  const body = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const request: Readable & { body?: unknown } = Object.assign(body, { headers: { 'content-type': type } });
  await new MultipartForm().intercept(contextOf(request), { handle: () => EMPTY });
  return { body: request.body as Record<string, unknown>, file: takenBy(UploadedFile('file'), request) };
}

describe('a form with files, as the dashboard gets it,', () => {
  it('is read where nothing is wrong with it', async () => {
    const { body, file } = await read({
      type: TYPE,
      chunks: [field('__proto__', '1'), field('plan', 'x'), FILE, `${PART}--\r\n`],
    });
    expect(Object.entries(body)).toEqual([
      ['__proto__', '1'],
      ['plan', 'x'],
    ]);
    expect(file).toMatchObject({ name: 'a.csv', contents: Buffer.from('a,b') });
  });

  it(
    'gives plain fields and a file, or is refused',
    () =>
      expectSurvival(
        anyForm,
        async (form) => {
          const { body, file } = await read(form);
          expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
          for (const value of Object.values(body).flat()) expect(typeof value).toBe('string');
          if (file !== undefined) expect(file).toBeInstanceOf(FormFile);
        },
        InvalidRequestError,
      ),
    FUZZ_TIMEOUT_MS,
  );
});
