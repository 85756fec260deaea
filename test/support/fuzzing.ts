import fc from 'fast-check';

/** Inputs for each parser: some in every run of the tests, as many as FUZZ_RUNS says in `npm run fuzz`. */
export const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

/** For a test of so many inputs. */
export const FUZZ_TIMEOUT_MS = 120_000 + FUZZ_RUNS * 10;

/** Far more than any input takes, on a busy machine too; what never ends does not let the run end. */
const MOST_MS = 10_000;

type ErrorClass = abstract new (...args: never[]) => Error;

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const membersOf = () => prototypes.map((prototype) => Reflect.ownKeys(prototype).length).join();
const untouched = membersOf();

/** Every input is read, or refused by one of these errors; soon; and leaves the prototypes as they were. */
export function expectSurvival<Input>(
  inputs: fc.Arbitrary<Input>,
  read: (input: Input) => unknown,
  ...refusals: readonly ErrorClass[]
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const startedAt = performance.now();
      try {
        await read(input);
      } catch (error) {
        if (!refusals.some((refusal) => error instanceof refusal)) throw error;
      }
      const took = performance.now() - startedAt;
      if (took > MOST_MS) throw new Error(`It took ${took} ms.`);
      if (membersOf() !== untouched) throw new Error('It changed a prototype.');
    }),
    { numRuns: FUZZ_RUNS },
  );
}

/** What breaks programs that are not ready for it. */
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'toJSON',
  'then',
  'length',
  '',
  '0',
];
const LETTERS = ['\0', '\n', '\r\n', '\u2028', '\uFEFF', '\uD800', '\uDC00', '😀', 'İ', '"', "'", '\\', '%', '<', '..'];
const NUMBERS = [
  '0',
  '-0',
  '-1',
  '0.5',
  '1e400',
  '1e-400',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  'Infinity',
];

/** Texts that are made of the words of a grammar, of what breaks programs, and of anything; short ones and long ones. */
export function nastyText(...words: readonly string[]): fc.Arbitrary<string> {
  const word = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words, ...(words.length === 0 ? NUMBERS : [])) },
    { weight: 1, arbitrary: fc.constantFrom(...LETTERS, ...KEYS, ...NUMBERS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  );
  const sentence = fc.array(word, { maxLength: 12 }).map((parts) => parts.join(''));
  const long = fc.tuple(sentence, word, fc.integer({ min: 100, max: 5_000 }), sentence);
  return fc.oneof(
    { weight: 20, arbitrary: sentence },
    { weight: 5, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: long.map(([before, part, times, after]) => `${before}${part.repeat(times)}${after}`) },
  );
}

/** JSON with these keys and those that break programs, as text: it may have keys twice, and `__proto__`. */
export function nastyJson(...keys: readonly string[]): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    fc.constantFrom(
      'null',
      'true',
      'false',
      '""',
      '{}',
      '[]',
      '"2026-01-31"',
      '"2026-02-31"',
      '"USD"',
      '"1.5"',
      '15000',
    ),
    fc.constantFrom(...NUMBERS.filter((text) => !/[a-zA-Z]{3}/.test(text))),
    nastyText('anrok', 'invoice', 'failed', 'true').map((text) => JSON.stringify(text)),
  );
  const key = fc.oneof(...(keys.length > 0 ? [{ weight: 5, arbitrary: fc.constantFrom(...keys) }] : []), {
    weight: 1,
    arbitrary: fc.constantFrom(...KEYS),
  });
  const { node } = fc.letrec<{ node: string; list: string; record: string }>((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, { weight: 3, arbitrary: leaf }, tie('list'), tie('record')),
    list: fc.array(tie('node'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
    record: fc
      .array(fc.tuple(key, tie('node')), { maxLength: 8 })
      .map((entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
  }));
  const record = fc
    .array(fc.tuple(key, node), { maxLength: 10 })
    .map((entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`);
  return fc.oneof({ weight: 5, arbitrary: record }, { weight: 1, arbitrary: node });
}

/** Good JSON in which some things are exchanged, taken out or added; as text. */
export function damaged(good: unknown): fc.Arbitrary<string> {
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom('exchange', 'remove', 'add'),
    fc.constantFrom(...KEYS),
    nastyJson(),
  );
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy = structuredClone({ good });
    for (const [at, what, key, json] of changes) {
      const places = placesIn(copy);
      const place = places[at % places.length];
      if (!place) break;
      const [holder, name] = place;
      const value: unknown = JSON.parse(json);
      if (what === 'remove') Reflect.deleteProperty(holder, name);
      // defined, because setting `__proto__` would not make a key of it
      else Object.defineProperty(holder, what === 'add' && !Array.isArray(holder) ? key : name, { value, ...OPEN });
    }
    return JSON.stringify(copy.good) ?? '';
  });
}

const OPEN = { enumerable: true, configurable: true, writable: true };

function placesIn(value: object): (readonly [holder: object, name: string])[] {
  return Object.entries(value).flatMap(([name, item]) => [
    [value, name] as const,
    ...(typeof item === 'object' && item !== null ? placesIn(item as object) : []),
  ]);
}
