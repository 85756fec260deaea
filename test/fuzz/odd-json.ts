import fc from 'fast-check';
import { nastyText } from '../support/fuzzing.js';

const WHOLE = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 5, 721, 723, 15_000, -15_000, 31_000, 2 ** 31, Number.MAX_SAFE_INTEGER),
  fc.maxSafeInteger(),
);
const ODD_DECIMALS = [
  '0',
  '-0',
  '0.0',
  '1',
  '-1',
  '0.5',
  '721.4999',
  '-721.5',
  '15000',
  '15000.0',
  '0015000',
  '31000',
  '29577',
  '9'.repeat(30),
  `-${'9'.repeat(30)}.${'9'.repeat(30)}`,
  `0.${'0'.repeat(29)}1`,
  `0.${'3'.repeat(30)}`,
];
const DECIMALS = fc.oneof(
  fc.constantFrom(...ODD_DECIMALS),
  fc.tuple(fc.maxSafeInteger(), fc.nat(9_999)).map(([whole, part]) => `${whole}.${part}`),
);
const WORDS = nastyText('Denver', 'exempt', 'customerExempt', 'seats', 'setup', ' ');

interface Change {
  readonly at: number;
  readonly whole: number;
  readonly decimal: string;
  readonly word: string;
  readonly shape: 'empty' | 'double' | 'turn' | 'null' | 'keep';
}

/**
 * Good JSON in which some things are exchanged by others of their kind: whole numbers, decimals and words by odd ones,
 * lists by shorter, longer and reversed ones. Its form stays right, so that it goes where damage is stopped before.
 */
export function oddJson(good: unknown): fc.Arbitrary<string> {
  const change: fc.Arbitrary<Change> = fc.record({
    at: fc.nat(),
    whole: WHOLE,
    decimal: DECIMALS,
    word: WORDS,
    shape: fc.constantFrom('empty', 'double', 'turn', 'null', 'keep'),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy = structuredClone({ good });
    for (const one of changes) {
      const places = placesIn(copy);
      const [holder, name] = places[one.at % places.length]!;
      const value: unknown = Reflect.get(holder, name);
      Reflect.set(holder, name, odd(value, one));
    }
    return JSON.stringify(copy.good);
  });
}

function odd(value: unknown, { whole, decimal, word, shape }: Change): unknown {
  if (typeof value === 'number') return whole;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return /^-?\d+(\.\d+)?$/.test(value) ? decimal : word;
  if (!Array.isArray(value)) return value;
  const shapes = { empty: [], double: [...value, ...value], turn: value.toReversed(), null: null, keep: value };
  return shapes[shape];
}

function placesIn(value: object): (readonly [holder: object, name: string])[] {
  return Object.entries(value).flatMap(([name, item]) => [
    [value, name] as const,
    ...(typeof item === 'object' && item !== null ? placesIn(item as object) : []),
  ]);
}
